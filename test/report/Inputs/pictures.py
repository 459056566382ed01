# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Three pictures of 28 x 28 bytes as .npy."""
import sys

header = b"{'descr': '|u1', 'fortran_order': False, 'shape': (3, 28, 28), }"
header += b" " * (-(len(header) + 11) % 64) + b"\n"
with open(sys.argv[1], "wb") as out:
    out.write(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header)
    out.write(bytes((i * 37) % 256 for i in range(3 * 28 * 28)))
