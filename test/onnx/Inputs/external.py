# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""y = x w with the weights in a file of their own, all of them equal to FACTOR.

external.py FACTOR   writes weights/w.bin, and model.onnx and x.npy where they are not there yet
"""
import os
import struct
import sys
import time

from byhand import external, graph, node, value, wrap

if not os.path.exists("model.onnx"):
    os.makedirs("weights")
    product = node("Mul", ["x", "w"], ["y"])
    with open("model.onnx", "wb") as file:
        file.write(wrap(graph([product], [external("w", [3], "weights/w.bin")], [value("x", [3])], [value("y", [3])])))
    header = repr({"descr": "<f4", "fortran_order": False, "shape": (3,)})
    header += " " * (-(len(header) + 11) % 64) + "\n"
    with open("x.npy", "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + struct.pack("<3f", 1, 2, 3))
with open("weights/w.bin", "wb") as file:
    file.write(struct.pack("<3f", *[float(sys.argv[1])] * 3))
time.sleep(0.02)  # file systems do not tell times apart that lie closer
