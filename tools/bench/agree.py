# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""agree.py: minilm-l3 and ResNet-18 compiled by dlc beside ONNX Runtime, several batch sizes and lengths out of one
library, every variant. Prints the largest error over the output's largest value; fails at 1e-4. Run it as
tools/bench/run runs bench.py: build/bench/venv/bin/python tools/bench/agree.py
"""
import pathlib
import subprocess
import sys

import numpy

import rows

sys.path.insert(0, str(rows.ROOT / "build" / "lib" / "python"))
BOUND = 1e-4


def minilm(random, batch, length):
    mask = numpy.ones((batch, length), numpy.int64)
    mask[:, length - length // 4:] = numpy.arange(batch)[:, None] % 2  # every second sentence is shorter
    return {"input_ids": random.integers(0, 30000, (batch, length)), "attention_mask": mask,
            "token_type_ids": numpy.zeros((batch, length), numpy.int64)}


def resnet(random, batch):
    return {"x": random.standard_normal((batch, 3, 224, 224), numpy.float32)}


MODELS = {"minilm-l3": (minilm, [(1, 1), (1, 32), (3, 17), (4, 57), (8, 128), (2, 512)]), "resnet18": (resnet, [(1,)])}


def main():
    import dlc
    import onnxruntime

    folder, worst = rows.ROOT / "build" / "bench", 0.0
    folder.mkdir(parents=True, exist_ok=True)
    for name, (inputs_of, sizes) in MODELS.items():
        rows.prepare(rows.Row(name, 1), folder)
        subprocess.run([rows.ROOT / "build/bin/dlc", folder / f"{name}.onnx", "-o", folder / f"{name}.so"], check=True)
        session = onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), providers=["CPUExecutionProvider"])
        outputs = [output.name for output in session.get_outputs()]
        model = dlc.load(folder / f"{name}.so")
        (function,) = model.functions
        for size in sizes:
            inputs = inputs_of(numpy.random.default_rng(7), *size)
            inputs = {i.name: inputs[i.name] for i in session.get_inputs()}
            expected = dict(zip(outputs, session.run(outputs, inputs)))
            for variant in model.variants:
                bounds = dict(zip(model.dims, size)) if model.dims else {}
                given = getattr(model.weights().context(variant=variant, **bounds), function)(**inputs)
                given = given if isinstance(given, dict) else dict(zip(outputs, given if isinstance(given, tuple) else [given]))
                error = max(numpy.abs(given[o] - expected[o]).max() / numpy.abs(expected[o]).max() for o in outputs)
                worst = max(worst, error)
                print(f"{name} {' x '.join(map(str, size))}, {variant}: {error:.1e}", flush=True)
    print(f"largest {worst:.1e} of the output's scale, onnxruntime {onnxruntime.__version__}")
    sys.exit(0 if worst < BOUND else f"more than {BOUND}")


main()
