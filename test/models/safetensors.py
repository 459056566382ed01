# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Safetensors files of floats: a length, a JSON header, the bytes."""
import json
import struct

CODES = {"F32": "f", "F64": "d"}


def read(data):
    """{name: list of elements, row-major} of the floating-point tensors in `data`."""
    (length,) = struct.unpack_from("<Q", data)
    tensors = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if name != "__metadata__" and entry["dtype"] in CODES:
            first, last = (8 + length + offset for offset in entry["data_offsets"])
            code = CODES[entry["dtype"]]
            tensors[name] = list(struct.unpack(f"<{(last - first) // struct.calcsize(code)}{code}", data[first:last]))
    return tensors


def write(tensors, dtype):
    """The bytes of a file holding `tensors`: {name: (shape, elements)}."""
    header, chunks, offset = {}, [], 0
    for name, (shape, elements) in tensors.items():
        chunk = struct.pack(f"<{len(elements)}{CODES[dtype]}", *elements)
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [offset, offset + len(chunk)]}
        chunks.append(chunk)
        offset += len(chunk)
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + b"".join(chunks)
