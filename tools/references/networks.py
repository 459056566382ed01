# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The example models in PyTorch, in dlc's layouts: dense weights are [in, out],
filters [out, in, 3, 3] with biases [out, 1, 1]. `p` maps names to tensors;
`x` is [batch, 28, 28], already divided by 255.
"""
import torch
import torch.nn.functional as F


def logistic(p, x):
    return x.flatten(1) @ p["w"] + p["b"]


def perceptron(p, x, dropout=0.0):
    """As many layers as there are w1, w2, ...; ReLU and dropout after each but the last."""
    x, last = x.flatten(1), sum(name.startswith("w") for name in p)
    for i in range(1, last + 1):
        x = x @ p[f"w{i}"] + p[f"b{i}"]
        if i < last:
            x = F.dropout(torch.relu(x), dropout, training=dropout > 0)
    return x


def convolutional(p, x):
    x = x.unsqueeze(1)
    for i in (1, 2):
        x = F.max_pool2d(torch.relu(F.conv2d(x, p[f"k{i}"]) + p[f"c{i}"]), 2)
    return perceptron({name: value for name, value in p.items() if name[0] in "wb"}, x)


def recurrent(p, x):
    h = x.new_zeros(x.shape[0], p["wh"].shape[0])
    for row in x.unbind(1):
        h = torch.tanh(row @ p["wx"] + h @ p["wh"] + p["bh"])
    return h @ p["w"] + p["b"]
