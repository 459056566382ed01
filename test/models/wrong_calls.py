# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A wrong call is refused in words that name the fault, and changes nothing."""
import pathlib
import sys

import fashion
from model import Model, Refused

BAD_SHAPE, BAD_VALUE = 3, 5
library = sys.argv[1]
pictures = fashion.Pictures("train", 65)
weights = Model(library).weights()
context = weights.context(64)
images, labels = pictures.images[: 64 * fashion.PIXELS], pictures.labels[:64]


def saved():
    weights.save(library + ".safetensors")
    return pathlib.Path(library + ".safetensors").read_bytes()


def refused(code, parts, function, *arguments):
    before = saved()
    try:
        function(*arguments)
    except Refused as error:
        assert error.code == code, f"status {error.code}, expected {code}: {error}"
        for part in parts:
            assert part in str(error), f"'{error}' does not say '{part}'"
    else:
        raise AssertionError(f"{function.__name__} was not refused")
    assert saved() == before, "a refused call changed the weights"


refused(BAD_SHAPE, ["batch", "65", "64"], context.train_step, pictures.images, pictures.labels)
refused(BAD_VALUE, ["label", "3", "10"], context.train_step, images, labels[:3] + b"\x0a" + labels[4:])
refused(BAD_VALUE, ["label", "63", "255", "10"], context.evaluate, images, labels[:63] + b"\xff")
# No rows at all are legal.
assert context.predict(0, b"") == []
assert context.evaluate(b"", b"") == (0.0, 0)
# And the context still works.
assert context.train_step(images, labels) > 0
