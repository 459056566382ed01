# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A context on the simulated GPU goes on with the weights that its handle has: after loading, publishing, steps."""
import sys

import numpy

import dlc

model = dlc.load(sys.argv[1])
weights, others = model.weights(), model.weights()
gpu, processor = weights.context(device="cuda", batch=2), weights.context(device="cpu", batch=2)
image = (numpy.arange(2 * 28 * 28) * 7 % 256).astype(numpy.uint8).reshape(2, 28, 28)
label = numpy.array([3, 9], numpy.uint8)
seen = []


def compare():
    """Twice, as the second call launches what the first recorded."""
    for _ in range(2):
        given, expected = gpu.predict(image=image), processor.predict(image=image)
        assert numpy.abs(given - expected).max() < 1e-5, (given, expected)
    assert all(numpy.abs(given - before).max() > 1e-4 for before in seen), "the weights of before"
    seen.append(given)


compare()
others.initialise(5)
weights.load_bytes(others.save_bytes())
compare()
for seed in (6, 7, 8):
    others.initialise(seed)
    others.publish(weights)
    compare()
for _ in range(3):
    gpu.train_step(image=image, label=label)
compare()
weights.load_bytes(others.save_bytes())  # back from before the steps
assert numpy.array_equal(gpu.predict(image=image), seen[-2])
weights.initialise(9)
compare()
del gpu, processor, others, weights  # so that all memory is seen to be given back
