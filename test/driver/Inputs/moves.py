# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""model.mlir: one output of all weights, each moved in another way; zero.npy, what they are added to."""
import random
import struct

random.seed(1)
MOVES = [  # shape, shape moved, op with attributes
    ((5, 7), (7, 5), "transpose {permutation = array<i64: 1, 0>}"),
    ((70, 33), (33, 70), "transpose {permutation = array<i64: 1, 0>}"),
    ((3, 40, 2, 32), (2, 32, 40, 3), "transpose {permutation = array<i64: 2, 3, 1, 0>}"),
    ((4, 1, 65), (65, 1, 4), "transpose {permutation = array<i64: 2, 1, 0>}"),
    ((3, 64, 5), (64, 3, 5), "transpose {permutation = array<i64: 1, 0, 2>}"),
    ((6, 9), (6, 9), "reverse {axes = array<i64: 0, 1>}"),
    ((6, 40), (6, 40), "reverse {axes = array<i64: 1>}"),
    ((9, 50), (3, 16), "slice {starts = [1, 2], dims = [3, 16], strides = array<i64: 3, 3>}"),
]
lines, state, parts = [], [], []
for type, limit in (("f32", None), ("f64", None), ("f16", None), ("i8", 100)):
    for shape, to, move in MOVES:
        n, count = len(parts), 1
        for extent in shape:
            count *= extent
        numbers = [random.randint(-100, 100) if limit else random.randint(-1000, 1000) / 8 for _ in range(count)]
        text = ", ".join(str(number) for number in numbers)
        flat, source, moved = f"tensor<{count}x{type}>", f"tensor<{'x'.join(map(str, shape))}x{type}>", f"tensor<{'x'.join(map(str, to))}x{type}>"
        size = 1
        for extent in to:
            size *= extent
        state.append(f"dl.parameter @w{n} : {flat} = dense<[{text}]> : {flat}")
        lines += [f"%a{n} = dl.read @w{n} : {flat}", f"%b{n} = dl.reshape %a{n} {{dims = {list(shape)}}} : ({flat}) -> {source}",
                  f"%c{n} = dl.{move.replace(' ', f' %b{n} ', 1)} : ({source}) -> {moved}",
                  f"%d{n} = dl.reshape %c{n} {{dims = [{size}]}} : ({moved}) -> tensor<{size}x{type}>"]
        last = f"%d{n}"
        if type != "f64":
            lines.append(f"%e{n} = dl.cast %d{n} : (tensor<{size}x{type}>) -> tensor<{size}xf64>")
            last = f"%e{n}"
        parts.append((last, size))
# Packed for a product: columns that fill no panel, and just one.
for columns in (5, 32, 33, 100):
    n = len(parts)
    text = ", ".join(str(random.randint(-8, 8)) for _ in range(7 * columns))
    flat = f"tensor<{7 * columns}xf64>"
    state.append(f"dl.parameter @w{n} : {flat} = dense<[{text}]> : {flat}".replace(", ", ".0, ").replace("]>", ".0]>"))
    lines += [f"%a{n} = dl.read @w{n} : {flat}", f"%b{n} = dl.reshape %a{n} {{dims = [7, {columns}]}} : ({flat}) -> tensor<7x{columns}xf64>",
              f"%z{n} = dl.slice %zero {{starts = [0], dims = [7], strides = array<i64: 1>}} : (tensor<TOTALxf64>) -> tensor<7xf64>",
              f"%o{n} = dl.constant dense<1.0> : tensor<f64>", f"%p{n} = dl.add %z{n}, %o{n} : (tensor<7xf64>, tensor<f64>) -> tensor<7xf64>",
              f"%q{n} = dl.reshape %p{n} {{dims = [1, 7]}} : (tensor<7xf64>) -> tensor<1x7xf64>",
              f"%c{n} = dl.matmul %q{n}, %b{n} : (tensor<1x7xf64>, tensor<7x{columns}xf64>) -> tensor<1x{columns}xf64>",
              f"%d{n} = dl.reshape %c{n} {{dims = [{columns}]}} : (tensor<1x{columns}xf64>) -> tensor<{columns}xf64>"]
    parts.append((f"%d{n}", columns))
total = sum(size for _, size in parts)
names, types = ", ".join(name for name, _ in parts), ", ".join(f"tensor<{size}xf64>" for _, size in parts)
whole = f"tensor<{total}xf64>"
lines += [f"%all = dl.concat {names} {{axis = 0}} : ({types}) -> {whole}", f"%y = dl.add %zero, %all : ({whole}, {whole}) -> {whole}"]
with open("model.mlir", "w") as file:
    print("\n".join(state), file=file)
    print(f'func.func @predict(%zero: {whole}) -> ({whole} {{dl.name = "y"}}) attributes {{dl.entry}} {{', file=file)
    print("\n".join("  " + line for line in lines).replace("TOTAL", str(total)) + f"\n  return %y : {whole}\n}}", file=file)
header = repr({"descr": "<f8", "fortran_order": False, "shape": (total,)})
header += " " * (-(len(header) + 11) % 64) + "\n"
with open("zero.npy", "wb") as file:
    file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + bytes(8 * total))
