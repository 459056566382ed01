# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""inputs.py NAME=TYPE:EXTENTS[:BOUND]...: NAME.safetensors with numbers from -1 to 1, integers below BOUND."""
import json
import struct
import sys

for argument in sys.argv[1:]:
    name, form = argument.split("=")
    dtype, extents, *bound = form.split(":")
    shape = [int(extent) for extent in extents.split("x")]
    count = 1
    for extent in shape:
        count *= extent
    numbers = [i * 7919 % 1009 for i in range(count)]
    if bound:
        data = struct.pack(f"<{count}q", *(n % int(bound[0]) for n in numbers))
    else:
        data = struct.pack(f"<{count}f", *(n / 504.5 - 1 for n in numbers))
        if dtype == "bf16":
            data = b"".join(data[i + 2 : i + 4] for i in range(0, len(data), 4))
    header = json.dumps({name: {"dtype": dtype.upper(), "shape": shape, "data_offsets": [0, len(data)]}}).encode()
    with open(name + ".safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header + data)
