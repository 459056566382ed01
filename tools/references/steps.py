# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes test/models/Inputs/steps-<model>.safetensors: twenty steps of Adam in
PyTorch, in f64 and f32, from the parameters and batches that the tests use.

Each file holds `loss64` and `loss32` [20], per parameter the final value
`ref64/<name>` and the scalar `distance32/<name>` = |ref32 - ref64|_2. Metadata
says the versions. Run with torch, numpy and safetensors installed:
  python tools/references/steps.py
"""
import gzip
import pathlib
import platform
import sys

import numpy
import torch
from safetensors.numpy import save_file

import networks

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "test" / "models"))
import philox  # noqa: E402
import small  # noqa: E402

DATA = pathlib.Path("/usr/share/datasets/fashion-mnist")
NETWORKS = {"mlp": networks.perceptron, "cnn": networks.convolutional, "rnn": networks.recurrent}


def first_pictures(count):
    images = gzip.decompress((DATA / "train-images-idx3-ubyte.gz").read_bytes())[16 : 16 + count * 784]
    labels = gzip.decompress((DATA / "train-labels-idx1-ubyte.gz").read_bytes())[8 : 8 + count]
    return numpy.frombuffer(images, numpy.uint8).reshape(count, 28, 28), numpy.frombuffer(labels, numpy.uint8)


def train(model, dtype):
    """Losses before each step, and the final parameters."""
    images, labels = first_pictures(small.STEPS * small.BATCH)
    p = {
        name: torch.tensor(philox.initial(kind, shape, stream, small.SEED), dtype=dtype).reshape(shape).requires_grad_()
        for name, shape, kind, stream in small.PARAMETERS[model]
    }
    adam = torch.optim.Adam(p.values(), small.RATE)
    losses = []
    for step in range(small.STEPS):
        rows = slice(step * small.BATCH, (step + 1) * small.BATCH)
        x, y = torch.tensor(images[rows]).to(dtype) / 255, torch.tensor(labels[rows]).long()
        loss = torch.nn.functional.cross_entropy(NETWORKS[model](p, x), y)
        adam.zero_grad()
        loss.backward()
        adam.step()
        losses.append(loss.item())
    return losses, {name: value.detach().numpy() for name, value in p.items()}


def main():
    torch.set_num_threads(1)
    for model in NETWORKS:
        loss64, ref64 = train(model, torch.float64)
        loss32, ref32 = train(model, torch.float32)
        tensors = {"loss64": numpy.array(loss64), "loss32": numpy.array(loss32, numpy.float32)}
        for name, value in ref64.items():
            tensors[f"ref64/{name}"] = value
            tensors[f"distance32/{name}"] = numpy.array([numpy.linalg.norm((ref32[name].astype(numpy.float64) - value).ravel())])
        metadata = {"made by": "tools/references/steps.py", "torch": torch.__version__, "numpy": numpy.__version__,
                    "python": platform.python_version(), "seed": str(small.SEED)}
        save_file(tensors, ROOT / "test" / "models" / "Inputs" / f"steps-{model}.safetensors", metadata)
        print(model, loss64[0], loss64[-1], max(abs(a - b) for a, b in zip(loss64, loss32)))


main()
