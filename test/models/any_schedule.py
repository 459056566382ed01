# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Training does not depend on who runs the parallel parts, or in which order:
the library's own 1, 2, 3 or 8 threads, or a caller who runs them backwards, out of
order, or on seven workers, all leave the same bytes.
"""
import pathlib
import random
import sys

import fashion
from model import Model

library = sys.argv[1]
model = Model(library)
shuffle = random.Random(1)


def in_order(n):
    return ((index, 0) for index in range(n))


def backwards(n):
    return ((index, 0) for index in reversed(range(n)))


def shuffled(n):
    order = list(range(n))
    shuffle.shuffle(order)
    return ((index, shuffle.randrange(7)) for index in order)


ran = 0


def counted(n):
    global ran
    ran += n
    return ((index, index % 7) for index in range(n))


WAYS = {
    "one thread": {},
    "two threads": {"threads": 2},
    "three threads": {"threads": 3},
    "eight threads": {"threads": 8},
    "in order": {"schedule": in_order, "workers": 1},
    "backwards": {"schedule": backwards, "workers": 1},
    "out of order": {"schedule": shuffled, "workers": 7},
    "seven workers": {"schedule": counted, "workers": 7},
}
results = {}
for way, options in WAYS.items():
    weights = model.weights()
    context = weights.context(128, **options)
    losses = [context.train_step(*batch) for batch in fashion.Pictures("train", 128 * 2 + 96).batches(128)]
    weights.save(library + ".safetensors")
    results[way] = losses, pathlib.Path(library + ".safetensors").read_bytes()
assert ran > 3, "the caller's parallel_for was given nothing to do"
for way, result in results.items():
    assert result == results["one thread"], f"{way}: losses {result[0]}, with one thread {results['one thread'][0]}"
