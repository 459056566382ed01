# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""scatter.py FOLDER CPU: scatter_add and cumsum."""
import math
import sys

from kernels import Module, Tensor, places


def scatter(module, before, extent, after, index_shape):
    indices = Tensor.random(index_shape, 1, 0, extent - 1, "i64")
    updates = Tensor.random([*before, *index_shape, *after], 2)
    result = Tensor([*before, extent, *after])
    split = len(before), len(before) + len(index_shape)
    for place in places(updates.shape):
        result[(*place[:split[0]], indices[place[split[0]:split[1]]], *place[split[1]:])] += updates[place]
    module.add("scatter_add", f"axis = {len(before)} : i64, dims = {list(result.shape)}", [indices, updates], result)


def cumsum(module, shape, axis, exclusive=False, reverse=False):
    x, result = Tensor.random(shape, 1), Tensor(shape)
    for place in places(shape):
        here = place[axis]
        inside = range(here, shape[axis]) if reverse else range(here + 1)
        result[place] = math.fsum(x[(*place[:axis], i, *place[axis + 1:])] for i in inside if not (exclusive and i == here))
    attributes = f"axis = {axis} : i64" + (", exclusive" if exclusive else "") + (", reverse" if reverse else "")
    module.add("cumsum", attributes, [x], result)


if __name__ == "__main__":
    module = Module("scatter")
    scatter(module, (), 10, (33,), (3, 4))
    scatter(module, (3,), 10, (5, 7), (20,))
    scatter(module, (3, 2), 10, (), (20,))
    for axis in range(3):
        cumsum(module, (3, 5, 21), axis, exclusive=axis == 1, reverse=axis == 2)
        cumsum(module, (3, 5, 21), axis, exclusive=axis == 2, reverse=axis == 0)
    module.check(*sys.argv[1:])
