# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes test/models/Inputs/accuracy.json: the test accuracy of each example
trained by PyTorch, from several seeds, with the initialisers, optimizer and
dropout of the example. What one seed of dlc must reach is judged against these.

  python tools/references/accuracy.py [MODEL...]

Models named on the command line are (re)made, the others kept.
"""
import functools
import gzip
import json
import math
import pathlib
import platform
import sys
import time

import numpy
import torch

import networks

OUT = pathlib.Path(__file__).resolve().parents[2] / "test" / "models" / "Inputs" / "accuracy.json"
DATA = pathlib.Path("/usr/share/datasets/fashion-mnist")
SEEDS = (1, 2, 3, 4, 5)


def he(generator, *shape):
    fan_in = shape[0] if len(shape) == 2 else math.prod(shape[1:])
    return uniform(generator, shape, math.sqrt(6 / fan_in))


def glorot(generator, *shape):
    return uniform(generator, shape, math.sqrt(6 / sum(shape)))


def zeros(_, *shape):
    return torch.zeros(shape)


def uniform(generator, shape, limit):
    return (2 * torch.rand(shape, generator=generator) - 1) * limit


def dense(*sizes):
    """w1, b1, w2, ... of a perceptron: He's initialiser before a ReLU, Glorot's for the scores."""
    layers = {}
    for i, (a, b) in enumerate(zip(sizes, sizes[1:]), 1):
        layers |= {f"w{i}": (glorot if b == 10 else he, a, b), f"b{i}": (zeros, b)}
    return layers


FILTERS = {"k1": (he, 32, 1, 3, 3), "c1": (zeros, 32, 1, 1), "k2": (he, 64, 32, 3, 3), "c2": (zeros, 64, 1, 1)}
RECURRENT = {"wx": (glorot, 28, 64), "wh": (glorot, 64, 64), "bh": (zeros, 64), "w": (glorot, 64, 10), "b": (zeros, 10)}

# network, parameters, batch, epochs, optimizer, learning rate
MODELS = {
    "logistic": (networks.logistic, {"w": (zeros, 784, 10), "b": (zeros, 10)}, 64, 5, torch.optim.SGD, 0.1),
    "mlp": (networks.perceptron, dense(784, 128, 10), 128, 5, torch.optim.Adam, 1e-3),
    "mlp-512": (networks.perceptron, dense(784, 512, 512, 10), 128, 5, torch.optim.Adam, 1e-3),
    "cnn": (networks.convolutional, FILTERS | dense(1600, 10), 64, 3, torch.optim.Adam, 1e-3),
    "cnn-128": (networks.convolutional, FILTERS | dense(1600, 128, 10), 64, 3, torch.optim.Adam, 1e-3),
    "rnn": (networks.recurrent, RECURRENT, 64, 3, torch.optim.Adam, 1e-3),
}
DROPOUT = {"mlp": 0.2, "mlp-512": 0.2}


def pictures(part):
    images = gzip.decompress((DATA / f"{part}-images-idx3-ubyte.gz").read_bytes())[16:]
    labels = gzip.decompress((DATA / f"{part}-labels-idx1-ubyte.gz").read_bytes())[8:]
    return (torch.tensor(numpy.frombuffer(images, numpy.uint8)).reshape(-1, 28, 28),
            torch.tensor(numpy.frombuffer(labels, numpy.uint8)).long())


def accuracy(name, seed, train, test):
    network, parameters, batch, epochs, optimizer, rate = MODELS[name]
    torch.manual_seed(seed)
    generator = torch.Generator().manual_seed(seed)
    p = {key: make(generator, *shape).requires_grad_() for key, (make, *shape) in parameters.items()}
    forward = functools.partial(network, dropout=DROPOUT[name]) if name in DROPOUT else network
    step = optimizer(p.values(), rate)
    for _ in range(epochs):
        for rows in torch.randperm(len(train[1]), generator=generator).split(batch):
            loss = torch.nn.functional.cross_entropy(forward(p, train[0][rows].float() / 255), train[1][rows])
            step.zero_grad()
            loss.backward()
            step.step()
    with torch.no_grad():
        hits = sum((network(p, x.float() / 255).argmax(1) == y).sum().item() for x, y in zip(test[0].split(500), test[1].split(500)))
    return hits / len(test[1])


def main():
    torch.set_num_threads(1)
    train, test = pictures("train"), pictures("t10k")
    results = json.loads(OUT.read_text()) if OUT.exists() else {}
    results["made by"] = {"script": "tools/references/accuracy.py", "torch": torch.__version__, "numpy": numpy.__version__,
                          "python": platform.python_version()}
    for name in sys.argv[1:] or MODELS:
        _, _, batch, epochs, optimizer, rate = MODELS[name]
        entry = {"batch": batch, "epochs": epochs, "optimizer": optimizer.__name__, "learning rate": rate, "accuracy": {}}
        for seed in SEEDS:
            start = time.monotonic()
            entry["accuracy"][str(seed)] = accuracy(name, seed, train, test)
            print(name, seed, entry["accuracy"][str(seed)], f"{time.monotonic() - start:.0f} s", flush=True)
            # Written as it goes: a run that is cut short leaves what it has.
            results[name] = entry
            OUT.write_text(json.dumps(results, indent=1) + "\n")


main()
