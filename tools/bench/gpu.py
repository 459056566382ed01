# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""dlc on a GPU: is it right, and how fast beside PyTorch.

  gpu.py pack FOLDER        compiles what the others run; needs build/bin, and no GPU
  gpu.py check FOLDER       every kernel kind against results that the reference evaluator made
  gpu.py sanitize FOLDER    the same under NVIDIA's compute-sanitizer
  gpu.py table FOLDER       kernels and models: errors against float64, times against PyTorch

FOLDER holds all that runs, so it may be taken to a machine with a GPU and nothing else of dlc; `table` needs PyTorch
there. Times are medians of device events. `pack --small` makes sizes that a simulated GPU has time for.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FASHION = ("mlp", "cnn")


# What is measured -----------------------------------------------------------
def entry(arguments, result, body):
    """A module with one function; `arguments`: name to type."""
    listed = ", ".join(f'%{name}: tensor<{type}> {{dl.name = "{name}"}}' for name, type in arguments.items())
    return f'func.func @f({listed}) -> (tensor<{result}> {{dl.name = "y"}}) attributes {{dl.entry}} {{\n{body}  return %y : tensor<{result}>\n}}\n'


def product(m, k, n, element):
    a, b, y = f"{m}x{k}x{element}", f"{k}x{n}x{element}", f"{m}x{n}x{element}"
    return entry({"a": a, "b": b}, y, f"  %y = dl.matmul %a, %b : (tensor<{a}>, tensor<{b}>) -> tensor<{y}>\n")


def softmax(rows, columns, element):
    x = f"{rows}x{columns}x{element}"
    return entry({"x": x}, x, f"  %y = dl.softmax %x {{axis = 1 : i64}} : (tensor<{x}>) -> tensor<{x}>\n")


def layer_norm(rows, columns, element):
    x, w = f"{rows}x{columns}x{element}", f"{columns}x{element}"
    return entry({"x": x, "scale": w, "shift": w}, x,
                 f"  %y = dl.layer_norm %x, %scale, %shift {{axis = 1 : i64, epsilon = 1.0e-5 : f64}} : (tensor<{x}>, tensor<{w}>, tensor<{w}>) -> tensor<{x}>\n")


def bias_gelu(rows, columns, element):
    x, w = f"{rows}x{columns}x{element}", f"{columns}x{element}"
    return entry({"x": x, "bias": w}, x, f"  %s = dl.add %x, %bias : (tensor<{x}>, tensor<{w}>) -> tensor<{x}>\n"
                                         f"  %y = dl.gelu %s : (tensor<{x}>) -> tensor<{x}>\n")


def convolution(batch, side, channels, element):
    """3 x 3 with as many channels out, images with channels last, filters as PyTorch has them."""
    x, last = f"{batch}x{channels}x{side}x{side}x{element}", f"{batch}x{side}x{side}x{channels}x{element}"
    w = f"{channels}x{channels}x3x3x{element}"
    return entry({"x": last, "w": w}, last,
                 f"  %t = dl.transpose %x {{permutation = array<i64: 0, 3, 1, 2>}} : (tensor<{last}>) -> tensor<{x}>\n"
                 f"  %c = dl.conv %t, %w {{strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>}}"
                 f" : (tensor<{x}>, tensor<{w}>) -> tensor<{x}>\n"
                 f"  %y = dl.transpose %c {{permutation = array<i64: 0, 2, 3, 1>}} : (tensor<{x}>) -> tensor<{last}>\n")


def kernels(small):
    """Name -> (kind, sizes, element, floating-point operations, bytes that must move)."""
    size, rows = {"f32": 4, "bf16": 2}, {}

    def add(kind, sizes, element, operations, elements):
        if small:
            sizes = [min(extent, 72) for extent in sizes]
        rows[f"{kind} {'x'.join(map(str, sizes))} {element}"] = (kind, sizes, element, operations(*sizes), elements(*sizes) * size[element])

    for element in ("f32", "bf16"):
        for m, k, n in [(side, side, side) for side in (512, 1024, 2048, 4096, 8192)] + [(128, 768, 3072)]:
            add("product", [m, k, n], element, lambda m, k, n: 2 * m * k * n, lambda m, k, n: m * k + k * n + m * n)
        for kind, columns, each in (("softmax", 1024, 5), ("layer_norm", 768, 8), ("bias_gelu", 3072, 10)):
            add(kind, [65536, columns], element, lambda r, c, each=each: each * r * c, lambda r, c: 2 * r * c)
        for side, channels in ((56, 64), (28, 128), (14, 256), (7, 512)):
            add("convolution", [32, side, channels], element, lambda b, s, c: 18 * b * s * s * c * c, lambda b, s, c: 2 * b * s * s * c + 9 * c * c)
    return rows


MAKERS = {"product": product, "softmax": softmax, "layer_norm": layer_norm, "bias_gelu": bias_gelu, "convolution": convolution}


# Packing --------------------------------------------------------------------
def pack(options):
    folder, tools = options.folder, options.build / "bin"
    for part in ("checks", "table", "python"):
        shutil.rmtree(folder / part, ignore_errors=True)
        (folder / part).mkdir(parents=True)
    shutil.copy(tools / "dlc-run", folder)
    shutil.copytree(options.build / "lib/python/dlc", folder / "python/dlc", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(options.build / "lib/libdlc_runtime.so", folder / "python/dlc")

    def compile(source, library, *more):
        stages = [f"--save-stages={library.with_suffix('')}"] if options.small else []  # what the simulated GPU runs
        command = [tools / "dlc", source, f"--gpu={options.gpu}", "-o", library, *stages, *more]
        done = subprocess.run(command, capture_output=True, text=True)
        library.with_suffix(".h").unlink(missing_ok=True)
        if done.returncode:
            sys.exit(f"{library.name}: {done.stderr.strip()}")

    sources = {f"op_{path.stem}": path for path in (ROOT / "test/ops").glob("*.mlir") if not path.stem.endswith("_errors")}
    sources.pop("op_launch")  # kernels are the compiler's to make
    sources.update({f"kernel_{path.stem}": path for path in (ROOT / "test/passes/GenerateGpu").glob("*.mlir")})
    for name in ("mma_large", "launch", "schedules"):  # no time to evaluate; launches alone; several modules
        sources.pop(f"kernel_{name}")
    sources["encoder"] = ROOT / "test/device/Inputs/encoder.mlir"
    for name, source in sorted(sources.items()):
        compile(source, folder / "checks" / f"{name}.so", "--device=cuda", "--self-test", "--self-test-budget=200000000")
    rows = kernels(options.small)
    for name, (kind, sizes, element, *_) in rows.items():
        source = folder / "table" / "source.mlir"
        source.write_text(MAKERS[kind](*sizes, element))
        compile(source, folder / "table" / f"{name.replace(' ', '_')}.so", "--device=cuda")
        source.unlink()
    for name in FASHION:
        compile(ROOT / f"examples/fashion/{name}.mlir", folder / "table" / f"{name}.so", "--device=cuda")
    for name, source in (("resnet18", options.resnet18), ("minilm-l3", options.minilm)):
        if source:
            compile(source, folder / "table" / f"{name}.so", "--device=cuda")
    (folder / "rows.json").write_text(json.dumps(rows))
    print(f"{len(list((folder / 'checks').glob('*.so')))} libraries to check, {len(list((folder / 'table').glob('*.so')))} to measure")


# Checking -------------------------------------------------------------------
def environment(library):
    """A simulated GPU is told what to run; others do not look."""
    stage = library.with_suffix("") / "llvm.mlir"
    return dict(os.environ, DLC_SIMULATED_CODE=str(stage)) if stage.exists() else None


def check(options):
    """One line each; the exit status is 1 if any failed."""
    failed, passed = 0, 0
    libraries = sorted((options.folder / "checks").glob(f"{options.only}.so"))
    if not libraries:
        sys.exit(f"{options.folder}/checks has no library {options.only}.so: gpu.py pack makes them")
    prefixes = [[]]
    if options.do == "sanitize":
        prefixes = [["compute-sanitizer", "--tool", tool, "--error-exitcode", "9"] for tool in ("memcheck", "racecheck", "initcheck", "synccheck")]
    for library in libraries:
        for prefix in prefixes:
            done = subprocess.run([*prefix, options.folder / "dlc-run", "test", library, "--device=cuda"], capture_output=True, text=True, env=environment(library))
            passed += done.stdout.count("pass  ")
            if done.returncode:
                failed += 1
                tail = [line for line in (done.stdout + done.stderr).splitlines() if "pass  " not in line]
                print(f"FAIL {' '.join(prefix[2:3])} {library.stem}: " + " | ".join(tail[:6]), flush=True)
    print(f"{passed} calls passed, {failed} libraries failed")
    sys.exit(0 if passed and not failed else 1)


# Measuring ------------------------------------------------------------------
class Clock:
    """Microseconds of a call, in the median of device events around rounds of calls."""

    def __init__(self, torch):
        self.torch = torch

    def __call__(self, call, budget=0.15):
        cuda = self.torch.cuda

        def timed(count):
            begin, end = cuda.Event(enable_timing=True), cuda.Event(enable_timing=True)
            begin.record()
            for _ in range(count):
                call()
            end.record()
            cuda.synchronize()
            return begin.elapsed_time(end) * 1e3 / count

        for _ in range(3):
            call()
        cuda.synchronize()
        count = max(1, min(200, int(budget * 1e6 / 9 / max(timed(2), 1))))
        return statistics.median(timed(count) for _ in range(9))


def graphed(torch, call):
    """The same launches as a CUDA graph."""
    stream = torch.cuda.Stream()
    with torch.cuda.stream(stream):
        for _ in range(3):
            call()
    torch.cuda.synchronize()
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        call()
    return graph.replay


def bound(dlc, torch, model, function, inputs, outputs, **sizes):
    """A call of dlc's with its arguments described once, and the context that must live on."""
    import ctypes

    from dlc import _abi, _api

    stream = torch.cuda.current_stream().cuda_stream or 1
    context = model.weights().context(device="cuda", stream=stream, **sizes)
    known = model.functions[function]
    arrays = known._bind(inputs, outputs, stream)
    tensors = [None if a is None else known._view(argument, a) for argument, a in zip(known._arguments, arrays)]
    pointers = (ctypes.POINTER(_abi.DlTensor) * len(tensors))(*[None if t is None else ctypes.pointer(t) for t in tensors])
    return (lambda: _api.call_dlpack(context._handle, known.index, pointers, len(tensors))), (context, arrays)


def torch_kernel(torch, kind):
    F = torch.nn.functional
    return {"product": lambda a, b: a @ b, "softmax": lambda x: torch.softmax(x, 1), "bias_gelu": lambda x, bias: F.gelu(x + bias),
            "layer_norm": lambda x, scale, shift: F.layer_norm(x, scale.shape, scale, shift),
            "convolution": lambda x, w: F.conv2d(x.permute(0, 3, 1, 2), w, padding=1).permute(0, 2, 3, 1)}[kind]


def shapes_of(kind, sizes):
    if kind == "product":
        m, k, n = sizes
        return {"a": (m, k), "b": (k, n)}, (m, n)
    if kind == "convolution":
        b, s, c = sizes
        return {"x": (b, s, s, c), "w": (c, c, 3, 3)}, (b, s, s, c)
    rows, columns = sizes
    more = {"layer_norm": ("scale", "shift"), "bias_gelu": ("bias",)}.get(kind, ())
    return {"x": (rows, columns), **{name: (columns,) for name in more}}, (rows, columns)


def peers(torch, clock, call):
    """Eager, torch.compile and a graph of eager's launches, in microseconds."""
    times = [clock(call)]
    for make in (torch.compile, lambda call: graphed(torch, call)):
        try:
            times.append(clock(make(call)))
        except Exception as error:  # said, and the row goes on
            print(f"  PyTorch: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}", file=sys.stderr)
            times.append(float("nan"))
    return times


def heading(torch, clock):
    """The device, and the two ceilings measured with the vendor's own code."""
    a, b = (torch.empty(1 << 30, dtype=torch.float32, device="cuda") for _ in range(2))
    copy = 2 * a.numel() * 4 / clock(lambda: b.copy_(a)) / 1e6
    del a, b
    x, y = (torch.randn(8192, 8192, dtype=torch.bfloat16, device="cuda") for _ in range(2))
    best = 2 * 8192**3 / clock(lambda: x @ y) / 1e6
    print(f"{torch.cuda.get_device_name()}, driver {subprocess.run(['nvidia-smi', '--query-gpu=driver_version', '--format=csv,noheader'], capture_output=True, text=True).stdout.strip()}, "
          f"torch {torch.__version__}; copy {copy:.2f} TB/s, cuBLAS bf16 {best:.0f} TFLOP/s\n")
    return copy, best


def line(name, work, error, ours, theirs):
    print(f"| {name} | {work} | {error} | {ours:.1f} | " + " | ".join(f"{time:.1f} | {time / ours:.2f}" for time in theirs) + " |", flush=True)


def table(options):
    if not (options.folder / "rows.json").exists():
        sys.exit(f"{options.folder} has no rows.json: gpu.py pack makes it")
    sys.path.insert(0, str(options.folder / "python"))
    import dlc
    import torch

    torch.manual_seed(1)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    clock = Clock(torch)
    copy, _ = heading(torch, clock)
    print("| what | rate | error | dlc us | eager | / dlc | compiled | / dlc | graph | / dlc |\n|---|---|---|---|---|---|---|---|---|---|")
    for name, (kind, sizes, element, operations, moved) in json.loads((options.folder / "rows.json").read_text()).items():
        library = options.folder / "table" / f"{name.replace(' ', '_')}.so"
        if options.only != "*" and options.only not in name or not library.exists():
            continue
        inputs, result = shapes_of(kind, sizes)
        type = {"f32": torch.float32, "bf16": torch.bfloat16}[element]
        x = {argument: torch.randn(shape, device="cuda", dtype=type) for argument, shape in inputs.items()}
        y = torch.full(result, float("nan"), device="cuda", dtype=type)
        function = torch_kernel(torch, kind)
        call, alive = bound(dlc, torch, dlc.load(library), "f", x, {"y": y})
        call()
        torch.cuda.synchronize()
        exact = function(*(value.double() for value in x.values()))
        error = ((y.double() - exact).norm() / exact.norm()).item()
        del exact
        ours = clock(call)
        rate = f"{operations / ours / 1e6:.1f} TFLOP/s" if kind in ("product", "convolution") else f"{moved / ours / 1e6:.2f} TB/s, {moved / ours / 1e6 / copy:.0%} of copy"
        line(name, rate, f"{error:.1e}", ours, peers(torch, clock, lambda: function(*x.values())))
    models(options, dlc, torch, clock)


def models(options, dlc, torch, clock):
    sys.path.insert(0, str(ROOT / "tools/references"))
    import networks

    def wanted(name):
        return (options.folder / "table" / f"{name}.so").exists() and options.only in ("*", name)

    def on_gpu(array):
        return torch.from_numpy(array).cuda()

    for name in filter(wanted, FASHION):
        model, batch = dlc.load(options.folder / "table" / f"{name}.so"), 64
        weights = model.weights()
        p = {parameter: on_gpu(weights[parameter]).requires_grad_() for parameter in model.parameters if "." not in parameter}
        image = torch.randint(0, 256, (batch, 28, 28), device="cuda", dtype=torch.uint8)
        label = torch.randint(0, 10, (batch,), device="cuda", dtype=torch.uint8)
        loss = torch.zeros((), device="cuda")
        call, alive = bound(dlc, torch, model, "train_step", {"image": image, "label": label}, {"loss": loss}, batch=batch)
        network = networks.convolutional if "k1" in p else networks.perceptron
        score = lambda: torch.nn.functional.cross_entropy(network(p, image.float() / 255), label.long())
        adam = torch.optim.Adam(p.values(), 1e-3, fused=True, capturable=True)

        def step(score=score):
            adam.zero_grad(set_to_none=True)
            value = score()
            value.backward()
            adam.step()
            return value

        first = step().item()
        call()
        torch.cuda.synchronize()
        error = abs(loss.item() - first) / first
        compiled = torch.compile(score)
        theirs = [clock(step), clock(lambda: step(compiled)), clock(graphed(torch, step))]
        line(f"{name} step b{batch}", "", f"{error:.1e}", clock(call), theirs)
    if wanted("resnet18"):
        import torchvision

        network = torchvision.models.resnet18(weights=None).eval().cuda().to(memory_format=torch.channels_last)
        x = torch.randn(1, 3, 224, 224, device="cuda")
        predict(options, dlc, torch, clock, "resnet18", {"x": x}, lambda: network(x.contiguous(memory_format=torch.channels_last)), {})
    if wanted("minilm-l3"):
        import transformers

        form = transformers.BertConfig(hidden_size=384, num_hidden_layers=3, num_attention_heads=12, intermediate_size=1536)
        network = transformers.BertModel(form, add_pooling_layer=False).eval().cuda()
        x = {"input_ids": torch.randint(0, 30000, (1, 128), device="cuda"), "attention_mask": torch.ones(1, 128, dtype=torch.long, device="cuda"),
             "token_type_ids": torch.zeros(1, 128, dtype=torch.long, device="cuda")}
        predict(options, dlc, torch, clock, "minilm-l3", x, lambda: network(**x).last_hidden_state, {"batch_size": 1, "sequence_length": 128})


def predict(options, dlc, torch, clock, name, inputs, call, sizes):
    """Weights differ (PyTorch's are random): times alone."""
    model = dlc.load(options.folder / "table" / f"{name}.so")
    (function,) = model.functions.values()
    inputs = {argument: value for argument, value in inputs.items() if argument in function._names}
    import dlc._abi as abi

    extents = function._extents([inputs.get(argument) for argument in function._names])
    outputs = {argument: torch.full(shape, float("nan"), device="cuda") for argument, shape, known in zip(function._names, extents, function._arguments)
               if known.kind == abi.OUTPUT}
    ours, alive = bound(dlc, torch, model, function.name, inputs, outputs, **sizes)
    with torch.inference_mode():
        line(f"{name} predict b1", "", "-", clock(ours), peers(torch, clock, call))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=("pack", "check", "sanitize", "table"))
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build", help="where dlc was built")
    parser.add_argument("--gpu", default="sm_80,sm_90a", help="as dlc has it")
    parser.add_argument("--small", action="store_true", help="sizes for a simulated GPU, and what it runs")
    parser.add_argument("--resnet18", type=pathlib.Path, help="tools/bench/run leaves build/bench/resnet18.onnx")
    parser.add_argument("--minilm", type=pathlib.Path, help="and build/bench/minilm-l3.onnx")
    parser.add_argument("--only", default="*", help="check: libraries of this pattern; table: rows that contain this")
    options = parser.parse_args()
    options.folder = options.folder.resolve()
    {"pack": pack, "check": check, "sanitize": check, "table": table}[options.do](options)


if __name__ == "__main__":
    main()
