# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""flip.py FROM TO: the same file with one bit of its first tensor's data the other way."""
import json
import struct
import sys

with open(sys.argv[1], "rb") as file:
    data = bytearray(file.read())
length = struct.unpack("<Q", data[:8])[0]
header = json.loads(data[8 : 8 + length])
hashed = [key.removeprefix("dlc.xxh64/") for key in header["__metadata__"] if key.startswith("dlc.xxh64/")]
data[8 + length + header[hashed[0]]["data_offsets"][0]] ^= 1
with open(sys.argv[2], "wb") as file:
    file.write(data)
