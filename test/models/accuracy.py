# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""`accuracy.py MODEL LIBRARY`: trains with the batch size and epochs of the
PyTorch runs (tools/references/accuracy.py), one seed, and must end no more
than half a percent below the worst of them.
"""
import json
import pathlib
import sys

import fashion
from model import Model

name, library = sys.argv[1:]
reference = json.loads((pathlib.Path(__file__).parent / "Inputs" / "accuracy.json").read_text())[name]
train, test = fashion.Pictures("train"), fashion.Pictures("t10k")
context = Model(library).weights().context(500, *([28] if name == "rnn" else []), threads=2)
for epoch in range(reference["epochs"]):
    for batch in train.batches(reference["batch"], train.shuffled(epoch)):
        context.train_step(*batch)
accuracy = sum(context.evaluate(*batch)[1] for batch in test.batches(500)) / len(test)
floor = min(reference["accuracy"].values()) - 0.005
print(f"{name}: {accuracy:.4f}, PyTorch {sorted(reference['accuracy'].values())}")
sys.exit(0 if accuracy >= floor else f"{name}: accuracy {accuracy:.4f}, expected at least {floor:.4f}")
