# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What each form of the matrix means: operands, attributes and results.

A generator yields instances for one op and one element type. An extent is an
integer, or an expression over named dimensions, which the type shows as `?`;
n, m and h are the names: runs give n and m 0 too, h never less than 3.
"""
from dataclasses import dataclass


@dataclass
class Argument:
    shape: list
    element: str
    range: tuple = None  # of random values: [low, high)
    used: bool = True  # or only there to bind a name


@dataclass
class Instance:
    form: str
    arguments: list
    results: list  # (shape, element)
    attributes: str = ""
    prefix: str = ""  # between the op's name and its operands
    text: str = ""  # the whole op, where it does not look like others


SHAPES = [[], [4], [2, 3], [2, 3, 2], [1, 2, 3, 2], [2, 1, 2, 1, 3], [1, 2, 1, 2, 1, 2],
          ["n"], ["n", 3], ["n", "m"], ["n", 2, "m", 2], ["n", 1, 2, 1, 2, 2], [0], [2, 0], [0, 3]]
PAIRS = [(["n", 3], [3]), (["n", 3], [1, 3]), (["n", "m"], ["m"]), (["n", 1], ["m"]), ([3], [2, 3]), ([2, 1], [1, 3]),
         ([2, 1, 2], [3, 1]), ([1], [2, 3]), ([0, 1], [1, 3]), ([1, 0], [2, 1]), ([1, 2, 1, 2, 1, 2], [2, 1, 2, 1])]
# Attributes an op cannot do without.
ALPHA = {"leaky_relu": "alpha = 0.25 : f64", "elu": "alpha = 1.0 : f64", "hard_sigmoid": "alpha = 0.2 : f64, beta = 0.5 : f64"}


def name(shape):
    return "x".join(str(extent).replace(" ", "") for extent in shape) or "scalar"


def broadcast(*shapes):
    rank = max(map(len, shapes))
    result = [1] * rank
    for shape in shapes:
        for axis, extent in enumerate(shape, rank - len(shape)):
            result[axis] = extent if extent != 1 else result[axis]
    return result


def dims(shape):
    return "[" + ", ".join(f'"{extent}"' if isinstance(extent, str) else str(extent) for extent in shape) + "]"


def array(values):
    values = list(values)
    return "array<i64" + (": " + ", ".join(map(str, values)) if values else "") + ">"


def without(shape, axes, keep=False):
    return [1 if i in axes else extent for i, extent in enumerate(shape) if keep or i not in axes]


# Pointwise ------------------------------------------------------------------
def unary(op, t):
    for shape in SHAPES:
        yield Instance(name(shape), [Argument(shape, t)], [(shape, t)], ALPHA.get(op, ""))


def pairs():
    """Two operands: alike, either a scalar, and every way to stretch."""
    for shape in SHAPES:
        yield shape, shape
        if shape:
            yield shape, []
            yield [], shape
    yield from PAIRS


def binary(op, t, result=None, prefix=""):
    for left, right in pairs():
        form = f"{prefix.strip(', ')}{name(left)},{name(right)}"
        yield Instance(form, [Argument(left, t), Argument(right, t)], [(broadcast(left, right), result or t)], prefix=prefix)


def compare(op, t):
    for predicate in ("eq", "ne", "lt", "le", "gt", "ge"):
        yield from binary(op, t, "i1", predicate + ", ")


def select(op, t):
    for left, right in pairs():
        for condition in (left, []):
            shape = broadcast(condition, left, right)
            yield Instance(f"{name(condition)}?{name(left)}:{name(right)}",
                           [Argument(condition, "i1"), Argument(left, t), Argument(right, t)], [(shape, t)])


def clamp(op, t):
    for left, right in pairs():
        yield Instance(f"{name(left)} in {name(right)}", [Argument(left, t), Argument(right, t), Argument([], t)], [(broadcast(left, right), t)])


def cast(op, t):
    for other in ("f64", "f32", "f16", "bf16", "i64", "i32", "i8", "i1", "ui8"):
        for shape in ([], ["n", 3], [0, 2]):
            yield Instance(f"{name(shape)} to {other}", [Argument(shape, t)], [(shape, other)])


# Contraction ----------------------------------------------------------------
def contract(op, t):
    cases = [([], [], [], [], [], []), (["n", 3], [3, 2], [], [], [1], [0]), (["n", 3], [2, 3], [], [], [1], [1]),
             ([3, "n"], [3, 2], [], [], [0], [0]), (["n", "m"], ["m", 2], [], [], [1], [0]), ([2], ["n"], [], [], [], []),
             (["n", 2, 3], ["n", 3, 2], [0], [0], [2], [1]), ([2, "n", 3], [3, 2, "n"], [1, 0], [2, 1], [2], [0]),
             (["n", 3], ["n", 3], [], [], [0, 1], [0, 1]), ([2, 0], [0, 3], [], [], [1], [0]), ([0, 2], [2, 3], [], [], [1], [0]),
             (["n", 2, 1, 3, 1, 2], [3, 2, 1, "n", 1, 1], [0], [3], [5, 3], [1, 0])]
    for a, b, ab, bb, ac, bc in cases:
        shape = [a[i] for i in ab] + without(a, ab + ac) + without(b, bb + bc)
        attributes = f"lhs_batch = {array(ab)}, rhs_batch = {array(bb)}, lhs_contract = {array(ac)}, rhs_contract = {array(bc)}"
        yield Instance(f"{name(a)}({ab}{ac}),{name(b)}({bb}{bc})", [Argument(a, t), Argument(b, t)], [(shape, t)], attributes)


def matmul(op, t):
    for a, b in [(["n", 3], [3, 2]), (["n", "m"], ["m", "n"]), (["n", 2, 3], [3, 2]), (["n", 2, 3], ["n", 3, 2]), ([2, 1, 2, 3], [3, 3, 1]),
                 ([1, 2, 3], ["n", 3, 2]), ([2, 0], [0, 3]), ([0, 2], [2, 1]), ([2, 1, 1, 2, 1, 3], [1, 2, 1, 1, 3, 2])]:
        yield Instance(f"{name(a)},{name(b)}", [Argument(a, t), Argument(b, t)], [(broadcast(a[:-2], b[:-2]) + [a[-2], b[-1]], t)])


# Convolution and pooling ----------------------------------------------------
def spatial(extent, window, stride, dilation, low, high):
    reach = (window - 1) * dilation + 1
    if isinstance(extent, int):
        return (extent + low + high - reach) // stride + 1
    room = low + high - reach
    return f"floordiv({extent} + {room}, {stride}) + 1" if stride > 1 else f"{extent} + {room + 1}"


def conv(op, t):
    cases = [  # input channels, groups, extents, window, stride, dilation, low, high
        (1, 1, [4], 2, 1, 1, 0, 0), (2, 1, [5], 3, 2, 1, 1, 1), (2, 2, ["h"], 2, 1, 1, 1, 0), (2, 1, [4, 3], 2, 1, 1, 0, 1),
        (1, 1, ["h", 4], 1, 2, 1, 0, 0), (4, 2, [5, 5], 3, 1, 2, 2, 2), (1, 1, [3, 3, 3], 2, 1, 1, 0, 0), (2, 1, ["h", 3, "h"], 2, 2, 1, 1, 1)]
    for channels, groups, extents, k, s, d, low, high in cases:
        for batch in ("n", 0):
            for last in (False, True):
                out = 2 * groups
                after = [spatial(e, k, s, d, low, high) for e in extents]
                window = [k] * len(extents)
                order = (lambda c, e: [batch, *e, c]) if last else (lambda c, e: [batch, c, *e])
                x, y = order(channels, extents), order(out, after)
                w = [*window, channels // groups, out] if last else [out, channels // groups, *window]
                per_axis = ", ".join(f"{key} = {array([value] * len(extents))}" for key, value in
                                     (("strides", s), ("dilations", d), ("low", low), ("high", high)))
                attributes = f"{per_axis}, groups = {groups} : i64" + (", channels_last" if last else "")
                form = f"{name(x)} window {k} stride {s} dilation {d} pad {low},{high} groups {groups}" + (" last" if last else "")
                operands, result = {"conv": ((x, w), y), "conv_input_grad": ((y, w), x), "conv_filter_grad": ((x, y), w)}[op]
                arguments = [Argument(shape, t) for shape in operands]
                if op != "conv":
                    attributes = f"dims = {dims(result)}, {attributes}"
                if op == "conv_input_grad":
                    arguments.append(Argument(x, t, used=False))
                yield Instance(form, arguments, [(result, t)], attributes)


def pool(op, t):
    for extents, k, s, low, high in [([4], 2, 2, 0, 0), ([5], 3, 1, 1, 2), (["h"], 2, 2, 1, 0), ([4, 3], 2, 1, 0, 1), (["h", "h"], 3, 2, 1, 1), ([2, 3, 2], 2, 2, 1, 1)]:
        for batch in ("n", 0):
            for last in (False, True):
                after = [spatial(e, k, s, 1, low, high) for e in extents]
                x, y = ([batch, *extents, 2], [batch, *after, 2]) if last else ([batch, 2, *extents], [batch, 2, *after])
                attributes = ", ".join(f"{key} = {array([value] * len(extents))}" for key, value in
                                       (("window", k), ("strides", s), ("low", low), ("high", high))) + (", channels_last" if last else "")
                form = f"{name(x)} window {k} stride {s} pad {low},{high}" + (" last" if last else "")
                operands, result = {"max_pool": ([x], y), "sum_pool": ([x], y), "avg_pool": ([x], y), "max_pool_grad": ([x, y], x),
                                    "max_pool_pick": ([x, x], y), "sum_pool_grad": ([y], x)}[op]
                arguments = [Argument(shape, t) for shape in operands]
                if op == "sum_pool_grad":
                    attributes = f"dims = {dims(x)}, {attributes}"
                    arguments.append(Argument(x, t, used=False))
                yield Instance(form, arguments, [(result, t)], attributes)
                if op == "avg_pool":
                    yield Instance(form + " count_padding", arguments, [(result, t)], attributes + ", count_padding")


# Reduction ------------------------------------------------------------------
def reduce(op, t):
    for shape in SHAPES:
        choices = [[i] for i in range(len(shape))] + [list(range(len(shape)))] + ([[]] if shape else []) + ([[0, len(shape) - 1]] if len(shape) > 2 else [])
        for axes in choices:
            for keep in (False, True):
                yield Instance(f"{name(shape)} axes {axes}" + (" keep" if keep else ""), [Argument(shape, t)], [(without(shape, axes, keep), t)],
                               f"axes = {array(axes)}" + (", keep_dims" if keep else ""))


def arg_reduce(op, t):
    for shape in [[4], ["n", 3], [3, "n"], [2, 3, 2], ["n", 2, 3, "m"], [1, 2, 1, 2, 1, 2], [0, 2], [2, 0, 3]]:
        for axis, extent in enumerate(shape):
            if extent in (0, "n", "m"):
                continue  # nothing to choose from is an error
            yield Instance(f"{name(shape)} axis {axis}", [Argument(shape, t)], [(without(shape, [axis]), "i64")], f"axis = {axis} : i64")


def along_axis(op, t, extra=("",)):
    for shape in SHAPES[1:]:
        for axis in range(len(shape)):
            for more in extra:
                yield Instance(f"{name(shape)} axis {axis}{more}", [Argument(shape, t)], [(shape, t)], f"axis = {axis} : i64{more}")


def cumsum(op, t):
    yield from along_axis(op, t, ("", ", exclusive", ", reverse", ", exclusive, reverse"))


# Movement -------------------------------------------------------------------
def constant(op, t):
    value = "true" if t == "i1" else "1.5" if t[0] in "fb" else "3"
    for shape in [[], [2], [2, 3], [1, 2, 1, 2, 1, 2], [0], [0, 2]]:
        extents = "".join(f"{extent}x" for extent in shape)
        yield Instance(name(shape), [], [(shape, t)], text=f"dl.constant dense<{'' if 0 in shape else value}> : tensor<{extents}{t}>")


def binding(shape):
    """An argument that binds the names of `shape`."""
    return Argument([extent for extent in shape if isinstance(extent, str)], "f32", used=False)


def iota(op, t):
    for shape in SHAPES[1:]:
        for axis in range(len(shape)):
            yield Instance(f"{name(shape)} axis {axis}", [binding(shape)], [(shape, t)], f"axis = {axis} : i64, dims = {dims(shape)}")


def dim(op, t):
    for shape in SHAPES[1:]:
        for axis in range(len(shape)):
            yield Instance(f"{name(shape)} axis {axis}", [Argument(shape, t)], [([], "i64")], f"axis = {axis} : i64")


def extent(op, t):
    for expression in ('"n"', '"2*n + m"', '"floordiv(n, 2)"', "5 : i64"):
        yield Instance(expression, [binding(["n", "m"])], [([], "i64")], f"dim = {expression}")


def stretch(op, t):
    for shape in SHAPES:
        yield Instance(f"scalar to {name(shape)}", [Argument([], t), binding(shape)], [(shape, t)], f"dims = {dims(shape)}")
        yield Instance(f"{name(shape)} to itself", [Argument(shape, t)], [(shape, t)], f"dims = {dims(shape)}")
    for left, right in PAIRS:
        shape = broadcast(left, right)
        yield Instance(f"{name(left)} to {name(shape)}", [Argument(left, t), binding(shape)], [(shape, t)], f"dims = {dims(shape)}")


def reshape(op, t):
    for a, b in [([], []), ([], [1, 1]), ([1], []), ([6], [2, 3]), ([2, 3, 2], [12]), ([2, 3, 2], [3, 2, 2]), (["n", 2, 3], ["n", 6]), (["n", 4], ["4*n"]),
                 (["n", "m"], ["m*n"]), (["n", "m", 2], ["n", 2, "m"]), (["n", 3], ["n", 1, 3, 1, 1, 1]), ([0, 3], [0]), ([2, 0], [0, 5])]:
        yield Instance(f"{name(a)} to {name(b)}", [Argument(a, t)], [(b, t)], f"dims = {dims(b)}")


def transpose(op, t):
    for shape in SHAPES:
        rank = len(shape)
        for permutation in {tuple(range(rank)), tuple(reversed(range(rank))), tuple((i + 1) % rank for i in range(rank)) if rank else ()}:
            yield Instance(f"{name(shape)} by {permutation}", [Argument(shape, t)], [([shape[i] for i in permutation], t)], f"permutation = {array(permutation)}")


def slice(op, t):
    for shape, starts, extents, strides in [
            ([], [], [], []), ([4], [1], [2], [1]), ([5], [0], [3], [2]), (["n", 4], [0, 1], ["n", 3], [1, 1]), (["n", 5], [0, 4], ["n", 1], [1, 3]),
            (["h", 2], ["h - 3", 0], [3, 2], [1, 1]), ([2, 3], [2, 0], [0, 3], [1, 1]), ([0, 3], [0, 1], [0, 2], [1, 1]), ([1, 2, 1, 2, 1, 4], [0] * 6, [1, 1, 1, 2, 1, 2], [1, 1, 1, 1, 1, 2])]:
        yield Instance(f"{name(shape)} from {starts} by {strides}", [Argument(shape, t)], [(extents, t)],
                       f"starts = {dims(starts)}, dims = {dims(extents)}, strides = {array(strides)}")


def pad(op, t):
    for shape, low, high, interior, result in [
            ([], [], [], [], []), ([3], [1], [2], [0], [6]), ([3], [0], [0], [2], [7]), (["n", 2], [0, 1], [0, 0], [0, 1], ["n", 4]), ([2, 0], [0, 1], [1, 1], [0, 3], [3, 2]),
            (["h"], [1], [0], [1], ["2*h"]), (["n", "m"], ["n", 0], [1, 2], [0, 0], ["2*n + 1", "m + 2"]), ([1, 1, 2, 1, 1, 2], [0, 1, 0, 0, 0, 0], [0] * 6, [0, 0, 0, 0, 0, 1], [1, 2, 2, 1, 1, 3])]:
        yield Instance(f"{name(shape)} low {low} high {high} interior {interior}", [Argument(shape, t), Argument([], t)], [(result, t)],
                       f"low = {dims(low)}, high = {dims(high)}, interior = {array(interior)}")


def concat(op, t):
    for shapes, axis, result in [([[2]], 0, [2]), ([[2], [3]], 0, [5]), ([["n", 2], ["n", 3]], 1, ["n", 5]), ([["n", 2], ["m", 2]], 0, ["m + n", 2]), ([[0, 2], [1, 2], [2, 2]], 0, [3, 2]),
                                 ([["n", 1, "m"]] * 3, 1, ["n", 3, "m"]), ([[1, 2, 1, 2, 1, 2], [1, 2, 1, 2, 1, 1]], 5, [1, 2, 1, 2, 1, 3])]:
        yield Instance(f"{'+'.join(map(name, shapes))} axis {axis}", [Argument(shape, t) for shape in shapes], [(result, t)], f"axis = {axis} : i64")


def reverse(op, t):
    for shape in SHAPES:
        for axes in [[], list(range(len(shape)))] + ([[len(shape) - 1]] if len(shape) > 1 else []):
            yield Instance(f"{name(shape)} axes {axes}", [Argument(shape, t)], [(shape, t)], f"axes = {array(axes)}")


INDEXED = [([3], [], 0), ([3], ["n"], 0), (["n", 3], [2], 1), ([3, 2], ["n", "m"], 0), (["n", 2, "m"], [2, 2], 1), ([3], [0], 0), ([1, 2, 2, 1, 3], [2, 1], 4)]


def indexed(data, indices, axis):
    return data[:axis] + indices + data[axis + 1:]


def gather(op, t):
    for data, indices, axis in INDEXED:
        for index in ("i64", "i32", "i8", "ui8"):
            yield Instance(f"{name(data)} at {name(indices)} {index} axis {axis}", [Argument(data, t), Argument(indices, index, (0, data[axis]))],
                           [(indexed(data, indices, axis), t)], f"axis = {axis} : i64")


def check_index(op, t):
    for shape in SHAPES:
        yield Instance(name(shape), [Argument(shape, t, (0, 3))], [(shape, t)], "dim = 3 : i64")
    yield Instance("n in m", [Argument(["n"], t, (0, 1)), binding(["m"])], [(["n"], t)], 'dim = "m + 1"')


def scatter_add(op, t):
    for data, indices, axis in INDEXED:
        for index in ("i64", "i32", "i8", "ui8"):
            yield Instance(f"{name(data)} at {name(indices)} {index} axis {axis}", [Argument(indices, index, (0, data[axis])), Argument(indexed(data, indices, axis), t)],
                           [(data, t)], f"axis = {axis} : i64, dims = {dims(data)}")


def pack(op, t):
    for shape, width, panels in [([3, 4], 2, 2), ([3, 5], 4, 2), (["n", 3], 8, 1), ([2, "n", 4], 4, 1), ([0, 4], 2, 2), ([2, 0], 2, 0)]:
        yield Instance(f"{name(shape)} by {width}", [Argument(shape, t)], [(shape[:-2] + [panels, shape[-2], width], t)], f"width = {width} : i64")


def unpack(op, t):
    for shape, columns in [([2, 3, 4], 8), ([2, 3, 4], 5), ([1, "n", 8], 3), (["n", 2, 3, 2], 4), ([0, 2, 2], 0)]:
        yield Instance(f"{name(shape)} to {columns}", [Argument(shape, t)], [(shape[:-3] + [shape[-2], columns], t)], f"columns = {columns} : i64")


# Random ---------------------------------------------------------------------
SEED_STEP = [Argument([], "i64"), Argument([], "i64")]


def random(op, t):
    for shape in SHAPES:
        yield Instance(name(shape), SEED_STEP + [binding(shape)], [(shape, t)], f"stream = 3 : i64, dims = {dims(shape)}")


def dropout(op, t):
    for shape in SHAPES:
        for rate in (0.0, 0.5):
            yield Instance(f"{name(shape)} rate {rate}", [Argument(shape, t), Argument([], "i1")] + SEED_STEP, [(shape, t)], f"rate = {rate} : f64, stream = 1 : i64")


# Composites over rows -------------------------------------------------------
def layer_norm(op, t):
    for shape in SHAPES[1:]:
        for axis in range(len(shape)):
            yield Instance(f"{name(shape)} from {axis}", [Argument(shape, t), Argument(shape[axis:], t), Argument(shape[axis:], t)], [(shape, t)],
                           f"axis = {axis} : i64, epsilon = 1.0e-5 : f64")


CHANNELS = [["n", 3], ["n", 2, "m"], [2, 3, 2, 2], ["n", 2, "m", 1, 2], [0, 3], [2, 0]]


def batch_norm(op, t):
    for shape in CHANNELS:
        channel = [Argument([shape[1]], t)] * 3 + [Argument([shape[1]], t, (0, 2))]
        yield Instance(name(shape), [Argument(shape, t)] + channel, [(shape, t)], "epsilon = 1.0e-5 : f64")


def batch_norm_train(op, t):
    for shape in CHANNELS:
        channel = [shape[1]]
        yield Instance(name(shape), [Argument(shape, t), Argument(channel, t), Argument(channel, t)], [(shape, t), (channel, t), (channel, t)], "epsilon = 1.0e-5 : f64")


def cross_entropy(op, t):
    for shape in [[3], ["n", 3], ["n", "m", 3], [0, 2], [2, 1, 2, 3]]:
        for index in ("i64", "i32", "i8", "ui8"):
            for total in ("", "sum"):
                yield Instance(f"{name(shape)} {index} {total}".strip(), [Argument(shape, t), Argument(shape[:-1], index, (0, shape[-1]))], [([], t)], total)


def loss(op, t):
    for shape in SHAPES[1:] if op == "cross_entropy_dense" else SHAPES:
        for total in ("", "sum"):
            yield Instance(f"{name(shape)} {total}".strip(), [Argument(shape, t), Argument(shape, t, (0, 1))], [([], t)], total)


def optimizer(op, t):
    slots, variants, positive = {"sgd": (0, ["", "weight_decay = 0.1 : f64"], ()), "adam": (2, ["", "weight_decay = 0.1 : f64", "weight_decay = 0.1 : f64, decoupled"], (1,)),
                                 "momentum": (1, ["momentum = 0.9 : f64", "momentum = 0.9 : f64, nesterov"], ())}[op]
    for shape in [[], [4], [2, 3], [1, 2, 1, 2, 1, 2], [0, 2]]:
        for attributes in variants:
            state = [Argument(shape, t, (0, 1) if i in positive else None) for i in range(slots)]
            step = [Argument([], "i64")] if op == "adam" else []
            yield Instance(f"{name(shape)} {attributes}".strip(), [Argument(shape, t), Argument(shape, t)] + state + [Argument([], t, (0, 1))] + step, [(shape, t)] * (1 + slots), attributes)


# Where gradients are compared with differences: ranges [low, high) in which an op is smooth and no step of
# 1e-5 meets a pole, for all arguments of floats or by number.
SMOOTH = {"log": (1, 3), "log1p": (0, 2), "sqrt": (1, 3), "rsqrt": (1, 3), "pow": (1, 3), "div": {1: (1, 3)}, "rem": {1: (3, 5)},
          "batch_norm": {4: (1, 2)}, "adam": {3: (1, 2)}}
FORMS = {"unary": unary, "binary": binary, "compare": compare, "select": select, "clamp": clamp, "cast": cast, "contract": contract, "matmul": matmul,
         "conv": conv, "pool": pool, "reduce": reduce, "arg_reduce": arg_reduce, "cumsum": cumsum, "constant": constant, "iota": iota, "dim": dim,
         "extent": extent, "broadcast": stretch, "reshape": reshape, "transpose": transpose, "slice": slice, "pad": pad, "concat": concat,
         "reverse": reverse, "gather": gather, "check_index": check_index, "scatter_add": scatter_add, "pack": pack, "unpack": unpack, "random": random, "dropout": dropout,
         "softmax": along_axis, "layer_norm": layer_norm, "batch_norm": batch_norm, "batch_norm_train": batch_norm_train,
         "cross_entropy": cross_entropy, "loss": loss, "optimizer": optimizer}
