# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""hostile.py TOOL MODEL FOLDER: files made to hurt the importer. Each must end with exit code 1 (or 0 where it is legal)
and one line that holds the words given, in bounded time and memory."""
import os
import pathlib
import resource
import shutil
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "onnx/Inputs"))
import byhand
from byhand import graph, message, node, tensor, value, varint, wrap

tool, model, folder = sys.argv[1:]
shutil.rmtree(folder, ignore_errors=True)
os.makedirs(os.path.join(folder, "in", "deep"))


def add_weight(*tensors):
    """x + w, w stored as given."""
    return wrap(graph([node("Add", ["x", "w"], ["y"])], tensors))


def external(location, **keys):
    return byhand.external("w", [2], location, **keys)


failures = 0


def expect(name, data, words, code=1):
    global failures
    path = os.path.join(folder, "in", name + ".onnx")
    with open(path, "wb") as f:
        f.write(data)
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    try:
        run = subprocess.run([tool, path, "-o", os.devnull], capture_output=True, text=True, errors="replace", timeout=120, preexec_fn=limit)
    except subprocess.TimeoutExpired:
        print(f"{name}: took more than 120 s")
        failures += 1
        return
    lines = run.stderr.splitlines()
    if run.returncode != code or (code and (len(lines) != 1 or words not in lines[0])):
        print(f"{name}: exit {run.returncode}, expected {code} and '{words}'; said: {run.stderr[:600]}")
        failures += 1


relu = node("Relu", ["x"], ["y"], name="r")
expect("empty", b"", "has no graph")
expect("text", b"not a model\n", "error:")
expect("no_opset", message((1, 8), (7, graph([relu]))), "imports no version")
expect("old_opset", wrap(graph([relu]), 3), "operator set ai.onnx 3")
expect("new_opset", wrap(graph([relu]), 99), "operator set ai.onnx 99")
expect("legal", wrap(graph([relu])), "", code=0)

# Sizes: elements times width, in every encoding, before anything is allocated.
eight = b"\0" * 8
expect("raw_short", add_weight(tensor("w", [3], 1, (9, eight))), "8 bytes of raw_data, expected 12")
expect("raw_long", add_weight(tensor("w", [1], 1, (9, eight))), "8 bytes of raw_data, expected 4")
expect("typed_short", add_weight(tensor("w", [3], 1, (4, eight))), "2 elements of data, expected 3")
expect("typed_missing", add_weight(tensor("w", [1 << 40])), "0 elements of data")
expect("int32_range", add_weight(tensor("w", [1], 2, (5, varint(700)))), "which is no uint8")
expect("twice", add_weight(tensor("w", [2], 1, (9, eight), (4, eight))), "in 2 ways")
expect("huge", add_weight(tensor("w", [1 << 62, 1 << 62], 1, (9, eight))), "more elements than can be counted")
expect("huge_bytes", add_weight(tensor("w", [1 << 62], 1, (9, eight))), "more bytes than can be counted")
expect("huge_zero", add_weight(tensor("w", [1 << 62, 1 << 62, 0])), "more elements than can be counted")
expect("negative", add_weight(tensor("w", [-2], 1, (9, eight))), "extent -2")
expect("rank", add_weight(tensor("w", [1] * 3000, 1, (9, b"\0" * 4))), "rank 3000")
expect("input_rank", wrap(graph([relu], inputs=[value("x", [1] * 3000)])), "rank 3000")
expect("sparse", wrap(message((1, relu), (15, message((1, tensor("w", [1])))), (11, value("x")), (12, value("y")))), "sparse")
expect("strings", add_weight(tensor("w", [2], 8, (6, b"a"), (6, b"b"))), "string")

# External data: beneath the folder, no links, regular, inside the file (CVE-2022-25882, 2024-27318, 2024-5187, 2025-51480, 2026-27489, 2026-34445, 2026-34446).
secret = os.path.join(folder, "secret.bin")
with open(secret, "wb") as f:
    f.write(b"\0\0\x80?" * 2)
inside = os.path.join(folder, "in")
with open(os.path.join(inside, "good.bin"), "wb") as f:
    f.write(b"\0\0\x80?" * 4)
os.symlink(secret, os.path.join(inside, "link.bin"))
os.symlink(folder, os.path.join(inside, "up"))
os.link(secret, os.path.join(inside, "hard.bin"))
os.mkfifo(os.path.join(inside, "fifo"))
expect("external", add_weight(external("good.bin", offset="8", length="8")), "", code=0)
expect("outside", add_weight(external("../secret.bin")), "outside the model's folder")
expect("outside_deep", add_weight(external("deep/../../secret.bin")), "outside the model's folder")
expect("backslash", add_weight(external("..\\secret.bin")), "cannot be opened")
expect("absolute", add_weight(external(os.path.abspath(secret))), "outside the model's folder")
expect("symlink", add_weight(external("link.bin")), "symbolic link")
expect("symlink_folder", add_weight(external("up/secret.bin")), "symbolic link")
expect("hard_link", add_weight(external("hard.bin")), "2 hard links")
expect("fifo", add_weight(external("fifo")), "no regular file")
expect("folder", add_weight(external("deep")), "no regular file")
expect("nul", add_weight(external("good.bin\0/../../secret.bin")), "no valid name")
expect("no_location", add_weight(tensor("w", [2], 1, (14, 1))), "no location")
expect("past_end", add_weight(external("good.bin", offset="16")), "has 16 bytes, expected 8 at offset 16")
expect("offset_wrap", add_weight(external("good.bin", offset="18446744073709551612")), "expected 8 at offset 18446744073709551612")
expect("offset_negative", add_weight(external("good.bin", offset="-8")), "expected a number")
expect("length_lie", add_weight(external("good.bin", length="4")), "4 bytes of external data, expected 8")
expect("length_word", add_weight(external("good.bin", length="0x8")), "expected a number")
expect("external_too", add_weight(tensor("w", [2], 1, (9, eight), (13, message((1, "location"), (2, "../secret.bin"))))), "without saying")
expect("external_and_raw", add_weight(tensor("w", [2], 1, (9, eight), (13, message((1, "location"), (2, "good.bin"))), (14, 1))), "in 2 ways")
expect("key_twice", add_weight(tensor("w", [2], 1, *[(13, message((1, "location"), (2, v))) for v in ("good.bin", "../secret.bin")], (14, 1))), "twice")
constant = node("Constant", [], ["w"], message((1, "value"), (5, external("../secret.bin")), (20, 4)))
expect("external_in_attribute", wrap(graph([constant, node("Add", ["x", "w"], ["y"])])), "outside the model's folder")

# Names: every value once, defined before it is used.
expect("cycle", wrap(graph([node("Add", ["x", "b"], ["a"]), node("Relu", ["a"], ["b"]), node("Relu", ["b"], ["y"])])), "uses 'b', which nothing before it defines")
expect("self", wrap(graph([node("Relu", ["y"], ["y"])])), "uses 'y'")
expect("missing_input", wrap(graph([node("Relu", ["nowhere"], ["y"])])), "uses 'nowhere'")
expect("missing_output", wrap(graph([node("Relu", ["x"], ["z"])])), "output 'y': is computed by no node")
expect("duplicate_output", wrap(graph([relu, node("Neg", ["x"], ["y"])])), "defined already")
expect("duplicate_input", wrap(graph([relu], inputs=[value("x"), value("x")])), "defined twice")
expect("duplicate_initializer", add_weight(tensor("w", [2], 1, (9, eight)), tensor("w", [2], 1, (9, eight))), "defined twice")
expect("shadowed_input", wrap(graph([node("Relu", ["x"], ["x"])])), "defined already")
expect("no_inputs", wrap(graph([node("Relu", [], ["y"])])), "has 0 inputs, expected 1")
expect("control", wrap(graph([node("Relu\x1b[2J", ["x"], ["y"], name="\x1b]0;owned\x07")])), "\\x1b]0;owned\\x07")
attribute = message((1, "axis"), (3, 1 << 62), (20, 2))
expect("attribute_twice", wrap(graph([node("Softmax", ["x"], ["y"], attribute, attribute)])), "twice")
expect("axis", wrap(graph([node("Softmax", ["x"], ["y"], attribute)])), "axis 4611686018427387904 is outside")
expect("kind", wrap(graph([node("Softmax", ["x"], ["y"], message((1, "axis"), (4, "one"), (20, 3)))])), "another type")
expect("no_outputs", wrap(graph([relu], outputs=[])), "has no output")
expect("unicode", wrap(graph([node("Relu", ["x"], ["y"], name="\xff\xfe")])), "", code=0)

# Arithmetic that traps or overflows when done carelessly.
small = (1 << 63)
def scalar(name, n):
    return tensor(name, [], 7, (9, (n & (1 << 64) - 1).to_bytes(8, "little")))
def shaped(op, a, b):
    return wrap(graph([node(op, ["a", "b"], ["s"]), node("Unsqueeze", ["s", "zero"], ["v"]), node("Reshape", ["x", "v"], ["y"])],
                      [scalar("a", a), scalar("b", b), tensor("zero", [1], 7, (9, eight))]))
expect("divide_by_zero", shaped("Div", 4, 0), "depends on data")
expect("divide_min", shaped("Div", small, -1), "depends on data")
expect("modulo_zero", shaped("Mod", 4, 0), "depends on data")
expect("multiply", shaped("Mul", 1 << 62, 4), "depends on data")
expect("range_step", wrap(graph([node("Range", ["a", "b", "c"], ["y"])], [scalar("a", 0), scalar("b", 9), scalar("c", 0)])), "step is 0")
expect("fill", wrap(graph([node("ConstantOfShape", ["s"], ["c"]), node("Add", ["x", "c"], ["y"])], [tensor("s", [1], 7, (9, (1 << 60).to_bytes(8, "little")))])), "error:")
expect("slice_step", wrap(graph([node("Slice", ["x", "z", "z", "z", "m"], ["y"])],
                                [tensor("z", [1], 7, (9, eight)), tensor("m", [1], 7, (9, small.to_bytes(8, "little")))])), "is not supported")

# Size without width: long chains are fine, deep nests are not.
count = 10000
chain = [node("Relu", ["x" if i == 0 else f"v{i}"], ["y" if i == count - 1 else f"v{i + 1}"]) for i in range(count)]
expect("chain", wrap(graph(chain)), "", code=0)
def nest(depth, both):
    inner = graph([node("Relu", ["x"], [f"o{depth}"])], inputs=[], outputs=[value(f"o{depth}")])
    leaf = graph([node("Relu", ["x"], ["leaf"])], inputs=[], outputs=[value("leaf")])
    for level in reversed(range(depth)):
        branches = [message((1, "then_branch"), (6, inner), (20, 5)), message((1, "else_branch"), (6, inner if both else leaf), (20, 5))]
        inner = graph([node("If", ["c"], [f"o{level}" if level else "y"], *branches)], inputs=[], outputs=[value(f"o{level}")])
    top = node("If", ["c"], ["y"], *branches)
    return wrap(graph([top], [tensor("c", [], 9, (9, b"\1"))]))
expect("nested_if", nest(25, False), "", code=0)
expect("nested_if_wide", nest(14, True), "", code=0)
expect("nested_if_deep", nest(2000, False), "nested deeper")
call = lambda i: message((1, f"f{i}"), (4, "i"), (5, "o"), (7, message((1, "i"), (2, "t"), (4, f"f{i + 1}"), (7, "d"))),
                         (7, message((1, "t"), (2, "o"), (4, f"f{i + 1}"), (7, "d"))), (9, message((2, 17))), (10, "d"))
recursive = message((1, "f"), (4, "i"), (5, "o"), (7, message((1, "i"), (2, "o"), (4, "f"), (7, "d"))), (9, message((2, 17))), (10, "d"))
use = message((1, "x"), (2, "y"), (4, "f"), (7, "d"))
expect("recursive", wrap(graph([use]), 17, (25, recursive)), "nest deeper")
use = message((1, "x"), (2, "y"), (4, "f0"), (7, "d"))
last = message((1, "f30"), (4, "i"), (5, "o"), (7, node("Relu", ["i"], ["o"])), (9, message((2, 17))), (10, "d"))
expect("doubling", wrap(graph([use]), 17, *[(25, call(i)) for i in range(30)], (25, last)), "nodes")
expect("many_parts", message((7, message((1, b"")) * (5 << 20))), "parts")
sys.exit(1 if failures else 0)
