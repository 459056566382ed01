# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What is measured, and the files each engine reads.

A row is a model, a batch and whether it trains. `prepare(row, folder)` writes,
once: <model>.safetensors and <model>.onnx with equal weights, and
<row>.npz with the inputs. Weights are random: speed does not depend on them.
"""
import dataclasses
import pathlib

import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclasses.dataclass(frozen=True)
class Row:
    model: str
    batch: int
    trains: bool = False

    @property
    def name(self):
        return f"{self.model} {'step' if self.trains else 'predict'} b{self.batch}"

    @property
    def fashion(self):
        """One of examples/fashion, which every engine gets from us; the others come from PyPI."""
        return self.model in SHAPES

    @property
    def sizes(self):
        """The named dimensions of dlc's library."""
        if self.model == "minilm-l3":
            return {"batch_size": self.batch, "sequence_length": 128}
        return {"batch": self.batch} if self.fashion else {}

    @property
    def random(self):
        """Whether a step draws random numbers, so that losses agree in the mean only."""
        return self.trains and self.model == "mlp-512"


SHAPES = {
    "mlp-512": {"w1": (784, 512), "b1": (512,), "w2": (512, 512), "b2": (512,), "w3": (512, 10), "b3": (10,)},
    "cnn-128": {"k1": (32, 1, 3, 3), "c1": (32, 1, 1), "k2": (64, 32, 3, 3), "c2": (64, 1, 1), "w1": (1600, 128), "b1": (128,),
                "w2": (128, 10), "b2": (10,)},
}
ROWS = [Row(model, batch) for model in SHAPES for batch in (1, 64)]
ROWS += [Row(model, batch, True) for model in SHAPES for batch in (32, 128)]
ROWS += [Row("resnet18", 1), Row("minilm-l3", 1)]


def prepare(row, folder):
    random = numpy.random.default_rng(1)
    if not (folder / f"{row.model}.onnx").exists():
        {"resnet18": resnet18, "minilm-l3": minilm}.get(row.model, fashion)(row.model, folder)
    if row.fashion:
        inputs = {"image": random.integers(0, 256, (row.batch, 28, 28), numpy.uint8)}
        if row.trains:
            inputs["label"] = random.integers(0, 10, row.batch, numpy.uint8)
    elif row.model == "resnet18":
        inputs = {"x": random.standard_normal((row.batch, 3, 224, 224), numpy.float32)}
    else:
        inputs = {"input_ids": random.integers(0, 30000, (row.batch, 128)), "attention_mask": numpy.ones((row.batch, 128), numpy.int64),
                  "token_type_ids": numpy.zeros((row.batch, 128), numpy.int64)}
    numpy.savez(folder / f"{row.name}.npz", **inputs)


def fashion(model, folder):
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    from safetensors.numpy import save_file

    random = numpy.random.default_rng(2)
    weights = {}
    for name, shape in SHAPES[model].items():
        fan_in = shape[0] if len(shape) == 2 else numpy.prod(shape[1:])
        limit = numpy.sqrt(6 / fan_in) if len(shape) in (2, 4) else 0.1
        weights[name] = random.uniform(-limit, limit, shape).astype(numpy.float32)
    save_file(weights, folder / f"{model}.safetensors")

    nodes, values = [], dict(weights, c255=numpy.array(255, numpy.float32))

    def add(kind, *inputs, **attributes):
        nodes.append(helper.make_node(kind, list(inputs), [f"t{len(nodes)}"], **attributes))
        return nodes[-1].output[0]

    x = add("Div", add("Cast", "image", to=TensorProto.FLOAT), "c255")
    if "k1" in weights:
        x = add("Unsqueeze", x, "axis1")
        values["axis1"] = numpy.array([1])
        for i in "12":
            values[f"c{i}"] = weights[f"c{i}"].reshape(-1)
            x = add("MaxPool", add("Relu", add("Conv", x, f"k{i}", f"c{i}")), kernel_shape=[2, 2], strides=[2, 2])
    x = add("Flatten", x)
    dense = sum(name.startswith("w") for name in weights)
    for i in range(1, dense + 1):
        x = add("Gemm", x, f"w{i}", f"b{i}")
        x = add("Relu", x) if i < dense else add("Softmax", x, axis=1)
    graph = helper.make_graph(nodes, model, [helper.make_tensor_value_info("image", TensorProto.UINT8, ["batch", 28, 28])],
                              [helper.make_tensor_value_info(x, TensorProto.FLOAT, ["batch", 10])],
                              [numpy_helper.from_array(value, name) for name, value in values.items()])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), folder / f"{model}.onnx")


def resnet18(model, folder):
    import torch
    import torchvision

    torch.manual_seed(1)
    network = torchvision.models.resnet18(weights=None).eval()
    torch.onnx.export(network, (torch.zeros(1, 3, 224, 224),), folder / f"{model}.onnx", input_names=["x"], external_data=False,
                      verbose=False, dynamo=True)
    torch.save(network.state_dict(), folder / f"{model}.pt")


def minilm(model, folder):
    packages = pathlib.Path(numpy.__file__).parents[1]
    (found,) = packages.glob("*/**/paraphrase-MiniLM-L3-v2.onnx")
    (folder / f"{model}.onnx").write_bytes(found.read_bytes())
