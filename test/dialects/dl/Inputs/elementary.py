# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A model whose predictions need each elementary function of 4,000 weights."""
import random

random.seed(1)
values = ", ".join(repr(random.uniform(0.01, 9)) for _ in range(4000))
one = "tensor<4000xf64>"
print(f"dl.parameter @w : {one} = dense<[{values}]> : {one}")
print(f"func.func @predict(%x: {one}) -> ({one} {{dl.name = \"y\"}}) attributes {{dl.entry}} {{\n  %w = dl.read @w : {one}")
last = "%x"
for i, name in enumerate(["exp", "expm1", "log", "log1p", "sin", "cos", "tanh", "erf", "sigmoid", "pow"]):
    print(f"  %f{i} = dl.{name} %w{', %w' * (name == 'pow')} : " + (f"({one}, {one}) -> {one}" if name == "pow" else f"({one}) -> {one}"))
    # Turned round, so that each is a value of its own in the library.
    print(f"  %t{i} = dl.reverse %f{i} {{axes = array<i64: 0>}} : ({one}) -> {one}")
    print(f"  %s{i} = dl.add {last}, %t{i} : ({one}, {one}) -> {one}")
    last = f"%s{i}"
print(f"  return {last} : {one}\n}}")
