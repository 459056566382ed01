# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""ONNX files without the onnx package: messages of protobuf, by the numbers of onnx.proto's fields."""


def varint(n):
    out = b""
    n &= (1 << 64) - 1
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def message(*fields):
    """Of (field, value): an int becomes a varint, all else bytes."""
    out = b""
    for field, value in fields:
        if isinstance(value, str):
            value = value.encode()
        out += varint(field << 3) + varint(value) if isinstance(value, int) else varint(field << 3 | 2) + varint(len(value)) + value
    return out


def tensor(name, dims, type=1, *more):
    return message(*[(1, d) for d in dims], (2, type), (8, name), *more)


def node(op, inputs, outputs, *attributes, name=""):
    return message(*[(1, i) for i in inputs], *[(2, o) for o in outputs], (3, name), (4, op), *[(5, a) for a in attributes])


def value(name, dims=(2,), type=1):
    shape = message(*[(1, message((1, d)) if isinstance(d, int) else message((2, d))) for d in dims])
    return message((1, name), (2, message((1, message((1, type), (2, shape))))))


def graph(nodes, initializers=(), inputs=(value("x"),), outputs=(value("y"),)):
    return message(*[(1, n) for n in nodes], (2, "g"), *[(5, t) for t in initializers], *[(11, i) for i in inputs], *[(12, o) for o in outputs])


def wrap(g, opset=17, *more):
    return message((1, 8), (8, message((2, opset))), (7, g), *more)


def external(name, dims, location, type=1, **keys):
    """A tensor in a file beside the model."""
    entries = [(13, message((1, k), (2, v))) for k, v in {"location": location, **keys}.items()]
    return tensor(name, dims, type, *entries, (14, 1))
