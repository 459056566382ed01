# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Calls with arguments of all sizes, on both devices: copies.py MODEL [threads]"""
import ctypes
import sys
import threading

from model import CUDA, Model

WIDTHS, DIMS = (3, 20000, 16384, 4), ("n", "n", "n", "m")
SIZES = [(1, 0), (2, 5), (0, 3)]
model = Model(sys.argv[1])
weights = model.weights()


def filled(count, start):
    return (ctypes.c_float * max(1, count))(*[(start + 7 * i) % 1000 for i in range(count)])


def call(context, n, m, start):
    """The outputs, and whether the inputs are what they were."""
    counts = [width * {"n": n, "m": m}[dim] for width, dim in zip(WIDTHS, DIMS)]
    small, large, edge, other = inputs = [filled(count, start + k) for k, count in enumerate(counts)]
    before = [bytes(one) for one in inputs]
    outputs = [(ctypes.c_float * max(1, count))() for count in counts]
    model.call("mix", context.handle, ctypes.c_int64(n), ctypes.c_int64(m), small, large, edge, ctypes.byref(ctypes.c_float(start)),
               other, *outputs)
    assert [bytes(one) for one in inputs] == before
    return [bytes(one)[: 4 * count] for one, count in zip(outputs, counts)]


def compare(start):
    context = weights.context(2, 5, device=CUDA)
    for round in range(3 if len(sys.argv) > 2 else 1):
        for n, m in SIZES:
            wanted = expected[n, m, start + round]
            for name, got, want in zip("abcd", call(context, n, m, start + round), wanted):
                if got != want:
                    wrong.append(f"{name} differs for n = {n}, m = {m}, scale {start + round}")
    context.destroy()


starts = [2, 20, 200, 2000] if len(sys.argv) > 2 else [2]
processor, wrong = weights.context(2, 5, device=1), []
expected = {(n, m, start + round): call(processor, n, m, start + round) for start in starts for round in range(3) for n, m in SIZES}
running = [threading.Thread(target=compare, args=(start,)) for start in starts]
for thread in running:
    thread.start()
for thread in running:
    thread.join()
assert not wrong, wrong
processor.destroy()
weights.destroy()
