# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Pictures of 28 x 28 bytes and labels that depend on them: digits.py IMAGE.npy LABEL.npy ROWS"""
import struct
import sys


def write(path, shape, data):
    header = repr({"descr": "|u1", "fortran_order": False, "shape": shape})
    header += " " * (-(len(header) + 11) % 64) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + data)


rows = int(sys.argv[3])
write(sys.argv[1], (rows, 28, 28), bytes((i * 31 + p * (i % 10 + 1)) % 256 for i in range(rows) for p in range(784)))
write(sys.argv[2], (rows,), bytes(i % 10 for i in range(rows)))
