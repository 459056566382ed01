# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""One class an engine. Each takes (row, folder, inputs, threads), is ready to
run after construction, and has `call()`, which returns arrays by name: every
output of a prediction, or the loss of a training step. `version` is text.
"""
import ctypes
import importlib.metadata
import pathlib
import sys

import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Dlc:
    trains, imports = True, True

    def __init__(self, row, folder, inputs, threads):
        sys.path.insert(0, str(ROOT / "build" / "lib" / "python"))
        import dlc

        model = dlc.load(folder / f"{row.model}.so")
        weights = model.weights(folder / f"{row.model}.safetensors" if row.fashion else None)
        (name,) = [("train_step" if row.trains else "predict")] if row.fashion else model.functions
        context = weights.context(threads=threads, **row.sizes)
        self.call = self.bind(context, model.functions[name], inputs)
        mode = ("embedded", "external", "constant")[model._model.weights_mode]
        self.version = f"{model._model.compiler.decode()}, {context.variant}, weights {mode}"

    def bind(self, context, function, inputs):
        """`context.<function>(**inputs)` with everything but the call itself done beforehand, as the other engines'
        requests are: describing arrays in Python takes longer than a small model runs."""
        from dlc import _abi, _api

        arrays = function._bind({name: inputs[name] for name in function._names if name in inputs}, {})
        tensors = [None if a is None else function._view(argument, a) for argument, a in zip(function._arguments, arrays)]
        pointers = (ctypes.POINTER(_abi.DlTensor) * len(tensors))(*[None if t is None else ctypes.pointer(t) for t in tensors])
        outputs = {name: a for name, a, argument in zip(function._names, arrays, function._arguments) if argument.kind == _abi.OUTPUT}

        def call():
            _api.call_dlpack(context._handle, function.index, pointers, len(tensors))
            return outputs

        return call


class OnnxRuntime:
    trains, imports = False, True

    def __init__(self, row, folder, inputs, threads):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads, options.log_severity_level = threads, 1, 3
        session = onnxruntime.InferenceSession(str(folder / f"{row.model}.onnx"), options, providers=["CPUExecutionProvider"])
        names = [output.name for output in session.get_outputs()]
        wanted = {i.name for i in session.get_inputs()}
        inputs = {name: value for name, value in inputs.items() if name in wanted}
        self.call = lambda: dict(zip(names, session.run(names, inputs)))
        self.version = f"onnxruntime {onnxruntime.__version__}"


class OpenVino:
    trains, imports = False, True

    def __init__(self, row, folder, inputs, threads):
        import openvino

        model = openvino.Core().read_model(folder / f"{row.model}.onnx")
        # Static shapes are what its users are told to give it where they can.
        model.reshape({port: inputs[port.get_any_name()].shape for port in model.inputs})
        compiled = openvino.compile_model(model, "CPU", {"INFERENCE_NUM_THREADS": threads, "PERFORMANCE_HINT": "LATENCY",
                                                         "INFERENCE_PRECISION_HINT": "f32"})
        request = compiled.create_infer_request()
        for port in compiled.inputs:
            request.set_tensor(port, openvino.Tensor(inputs[port.get_any_name()], shared_memory=True))

        def call():
            request.infer()
            return {port.get_any_name(): request.get_tensor(port).data for port in compiled.outputs}

        self.call, self.version = call, f"openvino {importlib.metadata.version('openvino')}"


class Torch:
    trains, imports, compiled = True, False, False

    def __init__(self, row, folder, inputs, threads):
        import torch

        torch.set_num_threads(threads)
        torch.manual_seed(1)
        # Reduced precision is never what is compared.
        torch.set_float32_matmul_precision("highest")
        x = {name: torch.from_numpy(value) for name, value in inputs.items()}
        if row.fashion:
            sys.path.insert(0, str(ROOT / "tools" / "references"))
            import networks
            from safetensors.torch import load_file

            p = load_file(folder / f"{row.model}.safetensors")
            network = networks.convolutional if "k1" in p else networks.perceptron
            call = self.step(torch, row, network, p, x) if row.trains else self.predict(torch, network, p, x)
        else:
            call = self.resnet18(torch, row, folder, x)
        self.call, self.version = call, f"torch {torch.__version__}"

    def build(self, torch, function):
        return torch.compile(function) if self.compiled else function

    def predict(self, torch, network, p, x):
        run = self.build(torch, lambda image: torch.softmax(network(p, image.float() / 255), 1))

        def call():
            with torch.inference_mode():
                return {"probabilities": run(x["image"]).numpy()}

        return call

    def step(self, torch, row, network, p, x):
        options = {"dropout": 0.2} if row.random else {}
        for value in p.values():
            value.requires_grad_()
        # The fused update is the fastest that PyTorch has.
        adam = torch.optim.Adam(p.values(), 1e-3, fused=True)
        run = self.build(torch, lambda image, label: torch.nn.functional.cross_entropy(network(p, image.float() / 255, **options), label.long()))

        def call():
            adam.zero_grad(set_to_none=True)
            loss = run(x["image"], x["label"])
            loss.backward()
            adam.step()
            return {"loss": loss.detach().numpy()}

        return call

    def resnet18(self, torch, row, folder, x):
        import torchvision

        network = torchvision.models.resnet18(weights=None).eval()
        network.load_state_dict(torch.load(folder / f"{row.model}.pt"))
        run = self.build(torch, network.to(memory_format=torch.channels_last))

        def call():
            with torch.inference_mode():
                return {"y": run(x["x"].contiguous(memory_format=torch.channels_last)).numpy()}

        return call


class TorchCompile(Torch):
    compiled = True


ENGINES = {"dlc": Dlc, "onnxruntime": OnnxRuntime, "openvino": OpenVino, "torch": Torch, "torch.compile": TorchCompile}


def runs(engine, row):
    """Whether `engine` takes part in `row`: PyTorch has no MiniLM of its own here."""
    kind = ENGINES[engine]
    return (kind.trains or not row.trains) and (kind.imports or row.model != "minilm-l3")
