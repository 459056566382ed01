# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""narrow.py IN.onnx OUT.onnx: the same model with bfloat16 wherever it has float.

Values are rounded to nearest even; finite ones stay finite, as the mask of an attention must."""
import array
import sys

from byhand import varint

FLOAT, BFLOAT16 = 1, 16
# Messages by the fields that lead to what has a type (onnx.proto).
MODEL = {7: "graph"}
GRAPH = {1: "node", 5: "tensor", 11: "value", 12: "value", 13: "value"}
NODE = {5: "attribute"}
ATTRIBUTE = {5: "tensor", 6: "graph", 10: "tensor", 11: "graph"}
VALUE, TYPE = {2: "type"}, {1: "tensor_type"}
INSIDE = {"model": MODEL, "graph": GRAPH, "node": NODE, "attribute": ATTRIBUTE, "value": VALUE, "type": TYPE}


def fields(data):
    """Number, wire type and payload of each: an int of wire type 0, else bytes."""
    at = 0

    def number():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        key = number()
        wire = key & 7
        if wire == 0:
            yield key >> 3, wire, number()
            continue
        length = number() if wire == 2 else {1: 8, 5: 4}[wire]
        yield key >> 3, wire, bytes(data[at : at + length])
        at += length


def field(number, wire, payload):
    head = varint(number << 3 | wire)
    if wire == 0:
        return head + varint(payload)
    return head + (varint(len(payload)) if wire == 2 else b"") + payload


def rounded(data):
    """Two bytes for each four."""

    def one(word):
        if word & 0x7FFFFFFF > 0x7F800000:
            return word >> 16 | 64  # NaN
        up = (word + 0x7FFF + (word >> 16 & 1)) >> 16
        return up - (up & 0x7FFF == 0x7F80 and word & 0x7F800000 != 0x7F800000)

    words = array.array("I", data)
    return array.array("H", map(one, words)).tobytes()


def tensor(parts):
    if (2, 0, FLOAT) not in parts:
        return parts
    floats = b"".join(payload for number, _, payload in parts if number in (4, 9))
    kept = [part for part in parts if part[0] not in (2, 4, 9)]
    return [*kept, (2, 0, BFLOAT16), (9, 2, rounded(floats))]


def narrowed(data, kind):
    parts = [
        (number, wire, narrowed(payload, INSIDE[kind][number])) if number in INSIDE.get(kind, {}) else (number, wire, payload)
        for number, wire, payload in fields(data)
    ]
    if kind == "tensor":
        parts = tensor(parts)
    if kind == "tensor_type":
        parts = [(1, 0, BFLOAT16) if part == (1, 0, FLOAT) else part for part in parts]
    if kind == "node" and (4, 2, b"Cast") in parts:  # its only integer is the type
        parts = [(5, 2, p.replace(b"\x18\x01", b"\x18\x10", 1)) if n == 5 and b"\x0a\x02to" in p else (n, w, p) for n, w, p in parts]
    return b"".join(field(*part) for part in parts)


with open(sys.argv[1], "rb") as file:
    model = file.read()
with open(sys.argv[2], "wb") as file:
    file.write(narrowed(model, "model"))
