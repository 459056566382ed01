# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`steps.py MODEL LIBRARY f32|f64`: twenty steps from the same parameters and
batches as PyTorch (tools/references/steps.py).

f64: losses and parameters agree to 1e-9 of their size. f32: each loss is within
1e-5 of PyTorch's f32 loss, and no parameter is further from the f64 result
than twice PyTorch's own f32 distance plus 1e-6 of its norm.
"""
import ctypes
import math
import pathlib
import sys

import fashion
import philox
import safetensors
import small
from model import Model


def norm(values):
    return math.sqrt(math.fsum(v * v for v in values))


def main():
    name, library, dtype = sys.argv[1:]
    wide = dtype == "f64"
    reference = safetensors.read((pathlib.Path(__file__).parent / "Inputs" / f"steps-{name}.safetensors").read_bytes())
    start = {p: (shape, philox.initial(kind, shape, stream, small.SEED)) for p, shape, kind, stream in small.PARAMETERS[name]}
    weights = Model(library, ctypes.c_double if wide else ctypes.c_float).weights(safetensors.write(start, dtype.upper()))
    context = weights.context(*([small.BATCH, 28] if name == "rnn" else [small.BATCH]))
    failed = False

    def check(what, distance, limit):
        nonlocal failed
        if not distance <= limit:  # NaN fails
            failed = True
            print(f"{name} {dtype}: {what} is off by {distance:.3g}, at most {limit:.3g} is allowed")

    pictures = fashion.Pictures("train", small.STEPS * small.BATCH)
    for step, batch in enumerate(pictures.batches(small.BATCH)):
        loss, expected = context.train_step(*batch), reference["loss64" if wide else "loss32"][step]
        check(f"the loss of step {step}", abs(loss - expected), (1e-9 if wide else 1e-5) * abs(expected))
    weights.save(library + ".safetensors")
    result = safetensors.read(pathlib.Path(library + ".safetensors").read_bytes())
    for parameter, (shape, _) in start.items():
        expected = reference[f"ref64/{parameter}"]
        distance, size = norm(a - b for a, b in zip(result[parameter], expected, strict=True)), norm(expected)
        check(parameter, distance, 1e-9 * size if wide else 2 * reference[f"distance32/{parameter}"][0] + 1e-6 * size)
    return 1 if failed else 0


sys.exit(main())
