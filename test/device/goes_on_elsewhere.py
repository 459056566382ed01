# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Eight steps (Adam, dropout): on one device; four on each, through a file; and
in turns on the same weights. Losses agree, and checkpoints have the same bytes
but for the rounding of sums.
"""
import sys

import fashion
import safetensors
from model import CUDA, Model

STEPS, BATCH = 8, 16
pictures = fashion.Pictures("train", STEPS * BATCH)
batches = list(pictures.batches(BATCH))
model = Model(sys.argv[1])


def run(devices, through=None):
    """A step on each of `devices` in turn; with `through`, weights are saved and loaded anew where the device changes."""
    weights, losses, contexts = model.weights(), [], {}
    for i, device in enumerate(devices):
        if through and i and devices[i - 1] != device:
            weights.save(through)
            contexts = {}
            weights = model.weights()
            weights.load(through)
        if device not in contexts:
            contexts[device] = weights.context(BATCH, device=device)
        losses.append(contexts[device].train_step(*batches[i]))
    return losses, safetensors.read(weights.bytes())


wanted, final = run([0] * STEPS)
for name, devices, through in (
    ("a GPU", [CUDA] * STEPS, None),
    ("processor, then GPU", [0] * 4 + [CUDA] * 4, sys.argv[1] + ".a"),
    ("GPU, then processor", [CUDA] * 4 + [0] * 4, sys.argv[1] + ".b"),
    ("turns", [0, CUDA] * 4, None),
):
    losses, tensors = run(devices, through)
    for i, (a, b) in enumerate(zip(wanted, losses)):
        assert abs(a - b) <= 1e-4 * a, f"{name}: loss {i} is {b}, expected {a}"
    assert tensors.keys() == final.keys() and len(final) > 4, name
