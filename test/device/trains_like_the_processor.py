# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""trains_like_the_processor.py LIBRARY BATCH [BOUND...]: twenty steps and a
prediction on the processor and on a GPU, from the same weights: losses within
1e-4 of each other, relative, the last batch a smaller one.
"""
import sys

import fashion
from model import CUDA, Model

BOUND = 1e-4
STEPS, BATCH = 20, int(sys.argv[2])
pictures = fashion.Pictures("train", STEPS * BATCH - 7)
bounds = [BATCH] + [int(bound) for bound in sys.argv[3:]]
model = Model(sys.argv[1])
runs = {}
for device in (0, CUDA):
    weights = model.weights()
    context = weights.context(*bounds, device=device)
    losses = [context.train_step(*batch) for batch in pictures.batches(BATCH)]
    losses += [context.evaluate(*next(pictures.batches(BATCH)))[0]] + context.predict(3, pictures.images[: 3 * fashion.PIXELS])
    runs[device] = losses
expected, given = runs[0], runs[CUDA]
assert len(expected) == STEPS + 31 and expected[0] != expected[STEPS - 1], "nothing was trained"
for i, (a, b) in enumerate(zip(expected, given)):
    assert abs(a - b) <= BOUND * abs(a), f"value {i} is {b} on the GPU, {a} on the processor"
