# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""convolutions.py FOLDER CPU: conv, conv_input_grad and conv_filter_grad."""
import sys

from kernels import Module, Tensor, array, places


def add(module, x, w, strides=1, dilations=1, low=0, high=0, groups=1, constant=None):
    spatial = len(x) - 2
    strides, dilations, low, high = [v if isinstance(v, tuple) else (v,) * spatial for v in (strides, dilations, low, high)]
    extents = [(x[2 + i] + low[i] + high[i] - (w[2 + i] - 1) * dilations[i] - 1) // strides[i] + 1 for i in range(spatial)]
    X, W = Tensor.random(x, 1), Tensor.random(w, 2)
    Y = Tensor.random([x[0], w[0], *extents], 3)
    if constant == "filter":
        W = Tensor.splat(w, 2.0)
    elif constant:
        X, Y = Tensor.splat(x, 1.0), Tensor.splat(Y.shape, 3.0)
    y, dx, dw = Tensor(Y.shape), Tensor(x), Tensor(w)
    for n, o, *p in places(Y.shape):
        for c, *k in places(w[1:]):
            at = [p[i] * strides[i] + k[i] * dilations[i] - low[i] for i in range(spatial)]
            if all(0 <= a < extent for a, extent in zip(at, x[2:])):
                source, tap, result = (n, o // (w[0] // groups) * w[1] + c, *at), (o, c, *k), (n, o, *p)
                y[result] += X[source] * W[tap]
                dx[source] += Y[result] * W[tap]
                dw[tap] += X[source] * Y[result]
    attributes = (f"strides = {array(strides)}, low = {array(low)}, high = {array(high)}, dilations = {array(dilations)}, "
                  f"groups = {groups} : i64")
    module.add("conv", attributes, [X, W], y)
    if groups == 1 and not constant:  # packed ahead of calls
        module.add("conv", attributes, [X, Tensor(w, W.values).asParameter()], y)
    module.add("conv_input_grad", f"dims = {list(x)}, {attributes}", [Y, W], dx)
    module.add("conv_filter_grad", f"dims = {list(w)}, {attributes}", [X, Y], dw)


if __name__ == "__main__":
    module = Module("convolutions")
    add(module, (2, 1, 9, 9), (17, 1, 3, 3))                                          # a first layer: one channel
    add(module, (2, 5, 9, 11), (20, 5, 3, 3), low=1, high=1)                          # tails in every axis
    add(module, (2, 3, 11, 10), (40, 3, 5, 3), strides=(2, 3), low=(2, 1), high=(1, 0))
    add(module, (2, 4, 12, 14), (33, 4, 3, 2), strides=(2, 1), dilations=(2, 3), low=(2, 1), high=(1, 3))
    add(module, (2, 12, 8, 8), (24, 4, 3, 3), strides=(2, 1), low=1, high=1, groups=3)
    add(module, (2, 20, 8, 9), (20, 1, 3, 3), low=1, high=1, groups=20)               # depthwise
    add(module, (1, 18, 9, 9), (18, 1, 3, 5), strides=2, dilations=(1, 2), high=1, groups=18)
    add(module, (2, 6, 8, 9), (12, 1, 3, 3), low=1, high=1, groups=6)                 # two outputs a channel
    add(module, (2, 16, 6, 7), (36, 16, 1, 1))
    add(module, (2, 6, 6, 7), (10, 6, 1, 1), strides=2)
    add(module, (2, 6, 7, 7), (20, 6, 3, 3), strides=2, low=1, high=1)                # the gradient's phases
    add(module, (1, 6, 1, 9), (5, 6, 1, 3), strides=(2, 2), dilations=(1, 2))         # one of which is empty, one zeros
    add(module, (2, 6, 7, 7), (18, 6, 3, 3), low=1, high=1, constant="data")          # the cotangent of a sum
    add(module, (2, 18, 7, 7), (18, 1, 3, 3), low=1, groups=18, constant="filter")
    add(module, (3, 4, 31), (10, 4, 5), strides=2, low=2, high=2)                     # one axis
    add(module, (2, 3, 5, 6, 7), (18, 3, 2, 3, 3), strides=(1, 2, 1), dilations=(1, 1, 2), low=(0, 1, 1), high=(1, 1, 0))
    add(module, (2, 3, 5, 5), (8, 3, 2, 2), low=(3, 2), high=(3, 1))                  # padding beyond the window
    module.check(*sys.argv[1:])
