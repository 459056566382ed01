# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes small data files, right and wrong ones, with the standard library alone.

  make.py npy FILE TYPE SHAPE [VALUES]         a .npy; values repeat (default 0)
  make.py npy-header FILE VERSION HEADER N     a .npy with this header and N zero bytes
  make.py idx FILE SHAPE [VALUES]              an IDX file of bytes
  make.py safetensors FILE NAME TYPE SHAPE [VALUES]
  make.py raw FILE HEX                         these bytes
  make.py cut FILE FROM BYTES                  the first bytes of another file (from the end when negative)
  make.py examples PREFIX ROWS [SEED]          PREFIX-images.idx, PREFIX-labels.idx: ten separable classes

TYPE as in NumPy ("<f4"), SHAPE as "2x28x28" or "scalar". FILE ending in .gz is compressed.
"""
import gzip
import json
import math
import random
import struct
import sys

CODES = {"f8": "d", "f4": "f", "i8": "q", "i4": "i", "i2": "h", "i1": "b", "u1": "B", "b1": "B", "f2": "e"}


def shape_of(text):
    return [] if text == "scalar" else [int(extent) for extent in text.split("x")]


def pack(kind, shape, values):
    order = ">" if kind[0] == ">" else "<"
    values = [float(v) if kind[1] == "f" else int(v) for v in (values or "0").split(",")]
    count = math.prod(shape)
    return struct.pack(f"{order}{count}{CODES[kind[1:]]}", *(values[i % len(values)] for i in range(count)))


def write(path, data):
    data = gzip.compress(data, mtime=0) if path.endswith(".gz") else data
    with open(path, "wb") as file:
        file.write(data)


def npy(header, data, version=1):
    size = "<H" if version == 1 else "<I"
    header = header.encode() + b"\n"
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack(size, len(header)) + header + data


def idx(shape, data):
    return bytes([0, 0, 8, len(shape)]) + struct.pack(f">{len(shape)}I", *shape) + data


def make_npy(path, kind, shape, values=None):
    shape = shape_of(shape)
    extents = "(" + "".join(f"{extent}, " for extent in shape) + ")"
    header = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': {extents}, }}"
    write(path, npy(header, pack(kind, shape, values)))


def make_npy_header(path, version, header, count):
    write(path, npy(header, bytes(int(count)), int(version)))


def make_idx(path, shape, values=None):
    shape = shape_of(shape)
    write(path, idx(shape, pack("|u1", shape, values)))


def make_safetensors(path, name, kind, shape, values=None):
    shape = shape_of(shape)
    data = pack(kind, shape, values)
    dtype = {"f4": "F32", "u1": "U8", "i8": "I64"}[kind[1:]]
    header = json.dumps({name: {"dtype": dtype, "shape": shape, "data_offsets": [0, len(data)]}}).encode()
    write(path, struct.pack("<Q", len(header)) + header + data)


def make_raw(path, digits):
    write(path, bytes.fromhex(digits))


def make_cut(path, source, count):
    with open(source, "rb") as file:
        write(path, file.read()[: int(count)])


def make_examples(prefix, rows, seed=0):
    generator = random.Random(int(seed))
    images, labels = bytearray(), bytearray()
    for row in range(int(rows)):
        label = generator.randrange(10)
        image = bytearray(generator.randrange(64) for _ in range(784))
        for pixel in range(label * 78, label * 78 + 78):
            image[pixel] = 128 + generator.randrange(128)
        images += image
        labels.append(label)
    write(prefix + "-images.idx", idx([int(rows), 28, 28], bytes(images)))
    write(prefix + "-labels.idx", idx([int(rows)], bytes(labels)))


MAKERS = {
    "npy": make_npy,
    "npy-header": make_npy_header,
    "idx": make_idx,
    "safetensors": make_safetensors,
    "raw": make_raw,
    "cut": make_cut,
    "examples": make_examples,
}
MAKERS[sys.argv[1]](*sys.argv[2:])
