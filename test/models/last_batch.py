# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The last, smaller batch of an epoch trains like one of its own size: same
loss and same parameters, bit for bit, in a context made for 128 rows and in one
made for 96; and the loss is the mean over the rows present.
"""
import pathlib
import sys

import fashion
import safetensors
from model import Model

library = sys.argv[1]
pictures = fashion.Pictures("train", 96)
model = Model(library)
results = []
for bound in (128, 96):
    weights = model.weights()
    context = weights.context(bound)
    total, _ = context.evaluate(pictures.images, pictures.labels)
    loss = context.train_step(pictures.images, pictures.labels)
    # The model has no dropout, so both saw the same function.
    assert abs(loss - total / 96) <= 1e-5 * loss, f"the loss is {loss}, the mean over 96 rows is {total / 96}"
    weights.save(f"{library}.{bound}.safetensors")
    results.append((loss, safetensors.read(pathlib.Path(f"{library}.{bound}.safetensors").read_bytes())))
assert results[0][1], "nothing was saved"
assert results[0] == results[1], "a context for 128 rows trains 96 rows differently from one for 96"
