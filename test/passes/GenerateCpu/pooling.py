# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""pooling.py FOLDER CPU: max_pool, sum_pool, their gradients, max_pool_pick."""
import math
import sys

from kernels import Module, Tensor, array, places


def add(module, shape, window, strides, low=0, high=0, special=False):
    spatial = len(shape) - 2
    low, high = [v if isinstance(v, tuple) else (v,) * spatial for v in (low, high)]
    extents = [(shape[2 + i] + low[i] + high[i] - window[i]) // strides[i] + 1 for i in range(spatial)]
    x, v, dy = Tensor.random(shape, 1), Tensor.random(shape, 2), Tensor.random([*shape[:2], *extents], 3)
    if special:
        for i in range(0, len(x.values), 3):
            x.values[i] = -math.inf
        for i in range(0, len(x.values), 7):
            x.values[i] = math.nan
    largest, picked, total = Tensor(dy.shape), Tensor(dy.shape), Tensor(dy.shape)
    largest_grad, total_grad = Tensor(shape), Tensor(shape)
    for n, c, *p in places(dy.shape):
        best, result = None, (n, c, *p)
        for k in places(window):
            at = [p[i] * strides[i] + k[i] - low[i] for i in range(spatial)]
            if not all(0 <= a < extent for a, extent in zip(at, shape[2:])):
                continue
            source = (n, c, *at)
            if best is None or (x[best] == x[best] and (x[source] > x[best] or x[source] != x[source])):
                best = source
            total[result] += v[source]
            total_grad[source] += dy[result]
        largest[result], picked[result] = x[best], v[best]
        largest_grad[best] += dy[result]
    attributes = f"window = {array(window)}, strides = {array(strides)}, low = {array(low)}, high = {array(high)}"
    module.add("max_pool", attributes, [x], largest)
    module.add("max_pool_pick", attributes, [x, v], picked)
    module.add("max_pool_grad", attributes, [x, dy], largest_grad)
    module.add("sum_pool", attributes, [v], total)
    module.add("sum_pool_grad", f"dims = {list(shape)}, {attributes}", [dy], total_grad)


if __name__ == "__main__":
    module = Module("pooling")
    add(module, (3, 32, 6, 6), (2, 2), (2, 2))
    add(module, (3, 20, 7, 9), (2, 2), (2, 2))                        # a row and a column are in no window
    add(module, (2, 5, 10, 11), (2, 1), (3, 3))                       # gaps between windows
    add(module, (2, 18, 9, 11), (3, 3), (2, 2), low=1, high=(1, 0))   # windows that meet
    add(module, (2, 7, 13), (3,), (2,), low=1, high=1)
    add(module, (2, 17, 4, 5, 6), (2, 3, 3), (2, 2, 1), low=(0, 1, 2), high=(1, 1, 0))
    add(module, (3, 19, 7, 9), (2, 2), (2, 2), special=True)
    add(module, (3, 19, 7, 9), (3, 3), (2, 2), low=1, high=1, special=True)
    add(module, (1, 3, 20, 20), (5, 5), (5, 5))                       # too many elements to unroll
    module.check(*sys.argv[1:])
