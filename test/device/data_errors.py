# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Steps with labels 0 to 2, one with label 3 in between, on both devices."""
import ctypes
import sys

from model import CUDA, Model, Refused

ROWS = 5
x = (ctypes.c_float * (ROWS * 3))(*[i % 7 for i in range(ROWS * 3)])
good = (ctypes.c_float * ROWS)(0, 1, 2, 1, 0)
bad = (ctypes.c_float * ROWS)(0, 1, 2, 3, 0)
model = Model(sys.argv[1])


def step(context, labels):
    loss = ctypes.c_float()
    model.call("train_step", context.handle, ctypes.c_int64(ROWS), x, labels, ctypes.byref(loss))
    return loss.value


runs = []
for device in (0, CUDA):
    weights = model.weights()
    context = weights.context(ROWS, device=device)
    losses = [step(context, good)]
    before = weights.bytes()
    try:
        step(context, bad)
        assert False, "label 3 of three classes was accepted"
    except Refused as refused:
        message = str(refused)
    assert weights.bytes() == before, "a refused step changed the weights"
    losses.append(step(context, good))
    assert weights.bytes() != before, "a step changed nothing"
    runs.append((message, losses))
(expected, wanted), (message, losses) = runs
assert message == expected and "holds 3 at position 3" in message, f"the GPU says '{message}', the processor '{expected}'"
assert all(abs(a - b) <= 1e-6 for a, b in zip(wanted, losses)), (wanted, losses)
