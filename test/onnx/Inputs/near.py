# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""near.py A.npy B.npy TOLERANCE: exits 1 unless floats of both agree, relative to the largest."""
import struct
import sys


def load(name):
    with open(name, "rb") as file:
        data = file.read()
    start = 10 + struct.unpack("<H", data[8:10])[0]
    return struct.unpack(f"<{(len(data) - start) // 4}f", data[start:])


one, other = load(sys.argv[1]), load(sys.argv[2])
scale = max(map(abs, one))
worst = max(abs(a - b) for a, b in zip(one, other, strict=True)) / scale
print(f"largest difference {worst:.3g} of {scale:.3g}")
sys.exit(worst > float(sys.argv[3]))
