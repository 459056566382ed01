# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""contractions.py FOLDER CPU: matrices times matrices with schedules that small ones do not get: blocks of k, staged
rows, and both."""
import re
import sys

from kernels import Module, Tensor, array


def add(module, m, k, n, batch=0, across=False, parameter=False):
    """`across`: the left matrix is stored transposed."""
    lead = [batch] if batch else []
    A, B = Tensor.random([*lead, k, m] if across else [*lead, m, k], 1), Tensor.random([*lead, k, n], 2)
    C = Tensor([*lead, m, n])
    for b in range(batch or 1):
        at = [b] if batch else []
        for i in range(m):
            for j in range(n):
                C[(*at, i, j)] = sum(A[(*at, x, i) if across else (*at, i, x)] * B[(*at, x, j)] for x in range(k))
    first = len(lead)
    attributes = (f"lhs_batch = {array(range(first))}, rhs_batch = {array(range(first))}, "
                  f"lhs_contract = {array([first if across else first + 1])}, rhs_contract = {array([first])}").replace("array<i64: >", "array<i64>")
    module.add("contract", attributes, [A, B.asParameter() if parameter else B], C)


def module(name, across=False):
    made = Module(name)
    for m, k, n in [(1, 7, 33), (2, 50, 16), (5, 24, 70), (8, 25, 40), (14, 47, 32), (37, 50, 65), (30, 1, 5)]:
        for parameter in (False, True):
            add(made, m, k, n, across=across, parameter=parameter)
        add(made, m, k, n, batch=2, across=across)
    return made


if __name__ == "__main__":
    folder, cpu = sys.argv[1:]
    blocks = lambda text: re.sub(r"block_m = \d+, block_k = 0", "block_m = 28, block_k = 24", text)
    whole = lambda text: text.replace("block_k = 0", "block_k = 10").replace("block_m = 154", "block_m = 0")
    stages = lambda text: re.sub(r"(generator = \"contract\"[^>]*prefetch = \d+)", r"\1, stage_rows = true", text)
    module("plain").check(folder, cpu)
    module("blocks").check(folder, cpu, blocks)
    module("across", across=True).check(folder, cpu, whole)
    module("staged").check(folder, cpu, stages)
    module("both").check(folder, cpu, lambda text: stages(blocks(text)))
