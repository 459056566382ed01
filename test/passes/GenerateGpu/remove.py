# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints a file without occurrence NUMBER of a line that holds an op without results."""
import sys

path, op, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
lines = open(path).read().splitlines()
found = [i for i, line in enumerate(lines) if line.strip().startswith(op)]
assert number < len(found), f"{op}: {len(found)} in {path}"
del lines[found[number]]
print("\n".join(lines))
