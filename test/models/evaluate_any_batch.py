# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Metrics do not depend on how a data set is cut: the hits over the first 1,000
test pictures are equal at batch 1, 64 and 128, and the loss within rounding.
"""
import math
import sys

import fashion
from model import Model

weights = Model(sys.argv[1]).weights()
context = weights.context(128)
for batch in fashion.Pictures("train", 6400).batches(64):
    context.train_step(*batch)
pictures = fashion.Pictures("t10k", 1000)
found = {}
for size in (1, 64, 128):
    parts = [context.evaluate(*batch) for batch in pictures.batches(size)]
    found[size] = math.fsum(loss for loss, _ in parts), sum(hits for _, hits in parts)
assert 500 < found[1][1] < 1000, f"{found[1][1]} of 1000 hits after 100 steps"
for size in (64, 128):
    assert found[size][1] == found[1][1], f"hits: {found[1][1]} at batch 1, {found[size][1]} at batch {size}"
    assert abs(found[size][0] - found[1][0]) <= 1e-5 * found[1][0], f"loss: {found[1][0]} at batch 1, {found[size][0]} at batch {size}"
