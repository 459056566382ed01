# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Fashion-MNIST as bytes, and batches of it."""
import gzip
import pathlib
import random

FOLDER = pathlib.Path("/usr/share/datasets/fashion-mnist")
PIXELS = 28 * 28


class Pictures:
    """`part` is "train" or "t10k"; the first `count` of it, or all."""

    def __init__(self, part, count=None):
        end = None if count is None else 16 + count * PIXELS
        self.images = gzip.decompress((FOLDER / f"{part}-images-idx3-ubyte.gz").read_bytes())[16:end]
        self.labels = gzip.decompress((FOLDER / f"{part}-labels-idx1-ubyte.gz").read_bytes())[8:][: len(self.images) // PIXELS]

    def __len__(self):
        return len(self.labels)

    def batches(self, size, order=None):
        """(images, labels) of each batch, the last one perhaps smaller."""
        order = order or range(len(self))
        for first in range(0, len(order), size):
            rows = order[first : first + size]
            yield b"".join(self.images[i * PIXELS : (i + 1) * PIXELS] for i in rows), bytes(self.labels[i] for i in rows)

    def shuffled(self, seed):
        order = list(range(len(self)))
        random.Random(seed).shuffle(order)
        return order
