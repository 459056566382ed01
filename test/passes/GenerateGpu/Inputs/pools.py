# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints a module: each pooling of the table below, channels last, with its gradients."""

# type; image without its batch; window; strides; low; high
CASES = {
    "halves": ("f32", (8, 7, 8), (2, 2), (2, 2), (0, 0), (0, 0)),
    "overlapping": ("f32", (9, 8, 6), (3, 3), (2, 2), (1, 1), (1, 1)),
    "gaps": ("f32", (9, 7, 5), (2, 1), (3, 2), (0, 0), (0, 0)),
    "large": ("f32", (11, 13, 4), (5, 4), (2, 3), (2, 1), (1, 2)),
    "line": ("f64", (11, 3), (3,), (2,), (1,), (0,)),
    "volume": ("f32", (4, 5, 3, 4), (2, 3, 2), (2, 1, 2), (0, 1, 0), (0, 1, 1)),
    "half": ("bf16", (6, 5, 8), (2, 3), (2, 1), (0, 1), (0, 1)),
}


def tensor(kind, shape):
    return f"tensor<?x{'x'.join(map(str, shape))}x{kind}>"


def case(name, kind, image, window, strides, low, high):
    small = tuple((image[i] + low[i] + high[i] - window[i]) // strides[i] + 1
                  for i in range(len(window))) + image[-1:]
    array = lambda values: f"array<i64: {', '.join(map(str, values))}>"
    dims = lambda shape: f'["n", {", ".join(map(str, shape))}]'
    attributes = (f"channels_last, window = {array(window)}, strides = {array(strides)}, low = {array(low)}, "
                  f"high = {array(high)}")
    for op, operands, result, extra in (
            ("max_pool", (image,), small, ""), ("max_pool_grad", (image, small), image, ""),
            ("max_pool_pick", (image, image), small, ""), ("sum_pool", (image,), small, ""),
            ("sum_pool_grad", (small,), image, f", dims = {dims(image)}")):
        arguments = ", ".join(f"%a{i}: {tensor(kind, shape)} {{dl.dims = {dims(shape)}}}"
                              for i, shape in enumerate(operands))
        names = ", ".join(f"%a{i}" for i in range(len(operands)))
        types = ", ".join(tensor(kind, shape) for shape in operands)
        print(f"""func.func @{name}_{op}({arguments}) -> {tensor(kind, result)} attributes {{dl.entry}} {{
  %y = dl.{op} {names} {{{attributes}{extra}}} : ({types}) -> {tensor(kind, result)}
  return %y : {tensor(kind, result)}
}}""")


for name, values in CASES.items():
    case(name, *values)
