# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints a module: each convolution of the table below, channels last, and both of its gradients."""

# type; image without its batch; filter; strides; low; high; dilations; groups
CASES = {
    "plain": ("f32", (8, 9, 5), (3, 3, 5, 6), (1, 1), (0, 0), (0, 0), (1, 1), 1),
    "padded": ("f32", (7, 6, 8), (3, 3, 8, 68), (1, 1), (1, 1), (1, 1), (1, 1), 1),
    "strided": ("f32", (9, 8, 4), (3, 3, 4, 12), (2, 2), (1, 1), (1, 1), (1, 1), 1),
    "uneven": ("f32", (11, 7, 3), (4, 3, 3, 10), (3, 2), (2, 0), (1, 2), (2, 1), 1),
    "dilated": ("f32", (13, 5, 4), (3, 2, 4, 8), (2, 1), (0, 1), (3, 0), (4, 3), 1),
    "pointwise": ("f32", (5, 5, 16), (1, 1, 16, 20), (2, 2), (0, 0), (0, 0), (1, 1), 1),
    "grouped": ("f32", (6, 6, 12), (3, 3, 4, 24), (1, 2), (1, 1), (1, 1), (1, 1), 3),
    "depthwise": ("f32", (6, 7, 9), (3, 3, 1, 9), (1, 1), (1, 1), (1, 1), (1, 1), 9),
    "line": ("f32", (17, 6), (5, 6, 7), (3,), (2,), (2,), (1,), 1),
    "volume": ("f32", (5, 4, 6, 4), (2, 3, 3, 4, 5), (1, 2, 1), (0, 1, 1), (1, 1, 1), (1, 1, 2), 1),
    "double": ("f64", (6, 5, 4), (3, 3, 4, 6), (2, 1), (1, 1), (1, 1), (1, 1), 1),
    "half": ("bf16", (6, 5, 8), (3, 3, 8, 12), (1, 2), (1, 1), (1, 1), (1, 1), 1),
    # Groups of few channels.
    "vectors": ("f32", (6, 7, 16), (3, 3, 1, 16), (1, 1), (1, 1), (1, 1), (1, 1), 16),
    "vectors_strided": ("f32", (9, 8, 8), (3, 3, 1, 8), (2, 2), (1, 0), (1, 1), (1, 1), 8),
    "vectors_dilated": ("f32", (11, 13, 4), (3, 2, 1, 4), (2, 3), (3, 0), (0, 2), (3, 2), 4),
    "vectors_apart": ("f32", (9, 10, 4), (2, 3, 1, 4), (4, 4), (1, 1), (0, 2), (1, 1), 4),
    "vectors_large": ("f32", (12, 13, 4), (11, 9, 1, 4), (2, 1), (5, 4), (5, 4), (1, 1), 4),
    "vectors_inside": ("f32", (5, 10, 128), (3, 3, 1, 128), (1, 1), (0, 0), (0, 0), (1, 1), 128),
    "neighbours": ("f32", (28, 29, 24), (3, 3, 1, 24), (1, 1), (1, 1), (1, 1), (1, 1), 24),
    "neighbours_strided": ("f32", (30, 37, 24), (3, 5, 1, 24), (2, 2), (0, 2), (1, 2), (1, 1), 24),
    "neighbours_half": ("bf16", (28, 22, 64), (3, 3, 1, 64), (1, 1), (1, 0), (1, 0), (1, 2), 64),
    "neighbours_of_two": ("bf16", (28, 22, 64), (3, 3, 2, 64), (1, 1), (1, 1), (1, 1), (1, 1), 32),
    "neighbours_far": ("f32", (29, 28, 24), (7, 7, 1, 24), (1, 1), (3, 3), (3, 3), (1, 1), 24),
    "neighbours_halves": ("bf16", (29, 28, 48), (5, 5, 1, 48), (1, 1), (2, 2), (2, 2), (1, 1), 48),
    "neighbours_volume": ("f32", (6, 12, 13, 24), (3, 3, 3, 1, 24), (1, 1, 1), (1, 1, 1), (1, 1, 1), (1, 1, 1), 24),
    "two_each": ("f32", (6, 5, 4), (3, 3, 1, 8), (1, 1), (1, 1), (1, 1), (1, 1), 4),
    "four_each": ("f32", (5, 6, 3), (3, 3, 1, 12), (2, 1), (1, 1), (1, 1), (1, 1), 3),
    "from_four": ("f32", (5, 6, 8), (3, 2, 4, 2), (1, 2), (1, 0), (1, 1), (1, 1), 2),
    "two_by_two": ("f32", (6, 6, 8), (3, 3, 2, 8), (1, 2), (1, 1), (1, 1), (1, 1), 4),
    "four_by_four": ("bf16", (5, 5, 16), (3, 3, 4, 16), (1, 1), (1, 1), (1, 1), (1, 1), 4),
    "vectors_line": ("f16", (17, 8), (5, 1, 8), (3,), (2,), (2,), (1,), 8),
    "vectors_volume": ("f64", (4, 5, 6, 4), (2, 3, 3, 1, 4), (1, 2, 1), (0, 1, 1), (1, 1, 1), (1, 1, 2), 4),
    "vectors_half": ("bf16", (6, 7, 24), (3, 3, 1, 24), (1, 2), (1, 1), (1, 1), (1, 1), 24),
}


def tensor(kind, shape):
    return f"tensor<?x{'x'.join(map(str, shape))}x{kind}>"


def case(name, kind, image, filter, strides, low, high, dilations, groups):
    spatial = len(image) - 1
    small = tuple((image[i] + low[i] + high[i] - dilations[i] * (filter[i] - 1) - 1) // strides[i] + 1
                  for i in range(spatial)) + filter[-1:]
    array = lambda values: f"array<i64: {', '.join(map(str, values))}>"
    dims = lambda shape: f'["n", {", ".join(map(str, shape))}]'
    attributes = (f"channels_last, groups = {groups} : i64, strides = {array(strides)}, low = {array(low)}, "
                  f"high = {array(high)}, dilations = {array(dilations)}")
    x, y, w = tensor(kind, image), tensor(kind, small), f"tensor<{'x'.join(map(str, filter))}x{kind}>"
    for suffix, op, left, leftDims, right, rightDims, result, extra in (
            ("", "conv", x, dims(image), w, None, y, ""),
            ("_input", "conv_input_grad", y, dims(small), w, None, x, f", dims = {dims(image)}"),
            ("_filter", "conv_filter_grad", x, dims(image), y, dims(small), w, f", dims = {list(filter)}")):
        second = f" {{dl.dims = {rightDims}}}" if rightDims else ""
        print(f"""func.func @{name}{suffix}(%a: {left} {{dl.dims = {leftDims}}}, %b: {right}{second}) -> {result} attributes {{dl.entry}} {{
  %c = dl.{op} %a, %b {{{attributes}{extra}}} : ({left}, {right}) -> {result}
  return %c : {result}
}}""")


for name, values in CASES.items():
    case(name, *values)
