#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Remakes cases/resnet18: a ResNet-18 with an eighth of the usual channels, exported by PyTorch, with
ONNX Runtime's logits.

    python3 make_resnet.py            (needs torch, onnx, onnxruntime; made with torch 2.15.0, onnx 1.23.2, onnxruntime 1.32.0, opset 17)

Batch normalisation is kept as nodes (the model is exported as it stands, in
evaluation mode), so that training has something to train. Its running
statistics come from a few forward passes in training mode; seed 0 throughout.
"""
import os
import onnxruntime
import torch
from onnx import helper, numpy_helper
from torch import nn

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases", "resnet18")


class Block(nn.Module):
    def __init__(self, before, after, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(before, after, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(after)
        self.conv2 = nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(after)
        self.downsample = None
        if stride != 1 or before != after:
            self.downsample = nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after))

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + (self.downsample(x) if self.downsample else x))


class ResNet18(nn.Module):
    def __init__(self, width, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        layers, before = [], width
        for i, stride in enumerate((1, 2, 2, 2)):
            after = width << i
            layers += [Block(before, after, stride), Block(after, after, 1)]
            before = after
        self.layers = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(before, classes)

    def forward(self, image):
        x = self.maxpool(torch.relu(self.bn1(self.conv1(image))))
        return self.fc(torch.flatten(self.avgpool(self.layers(x)), 1))


torch.manual_seed(0)
torch.set_num_threads(1)
model = ResNet18(8, 10)
model.train()
for _ in range(3):
    model(torch.randn(8, 3, 32, 32))
model.eval()
image = torch.randn(2, 3, 32, 32)
os.makedirs(HERE, exist_ok=True)
torch.onnx.export(model, (image,), os.path.join(HERE, "model.onnx"), dynamo=False, opset_version=17, training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False,
                  input_names=["image"], output_names=["logits"], dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}})
session = onnxruntime.InferenceSession(os.path.join(HERE, "model.onnx"), providers=["CPUExecutionProvider"])
(logits,) = session.run(["logits"], {"image": image.numpy()})
tensors = [numpy_helper.from_array(image.numpy(), "in:image"), numpy_helper.from_array(logits, "out:logits")]
graph = helper.make_graph([], "data", [], [], tensors)
with open(os.path.join(HERE, "data.onnx"), "wb") as f:
    f.write(helper.make_model(graph, opset_imports=[], ir_version=8).SerializeToString(deterministic=True))
