# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks the tables among the lines of a training: check_tables.py LINES"""
import json
import sys

for line in open(sys.argv[1]):
    table = json.loads(line)
    if "profile" not in table:
        continue
    kernels = table["kernels"]
    seconds = [kernel["seconds"] for kernel in kernels]
    assert kernels and seconds == sorted(seconds, reverse=True) and seconds[-1] >= 0
    assert abs(sum(seconds) - table["seconds_in_kernels"]) <= 1e-9
    # Ticks are calibrated against the same clock, a little beside the calls.
    assert 0 < table["seconds_in_kernels"] <= 1.1 * table["seconds"] + 1e-4, table
    assert abs(sum(kernel["share"] for kernel in kernels) - 1) < 1e-6
    # Counted in every call, from zero: outside of loops, the same number in each.
    assert all(kernel["runs"] % table["calls"] == 0 and kernel["runs"] > 0 for kernel in kernels), kernels
    print(f"{table['profile']}: {table['calls']} calls")
