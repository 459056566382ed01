# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles an ONNX model and the same with twice the weights; shows that only
the writing of them grows.

weights.py WORK [MEGABYTES]   of weights in the smaller model

Fails if code grows with the weights, the library, the stages or the compiler's
memory by anything but them. Times are printed, never judged.
"""
import os
import pathlib
import struct
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "onnx/Inputs"))
from byhand import graph, node, tensor, value, wrap

work = sys.argv[1]
megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 16
width = 256  # floats of a row


def write_model(path, rows):
    """table[index] x square x wide: half the rows are a table, which is read as it is, and half are columns of `wide`, which
    is packed while compiling."""
    def weight(name, dims):
        data = struct.pack("<1024f", *((i % 251) / 251 for i in range(1024))) * (dims[0] * dims[1] // 1024)
        return tensor(name, dims, 1, (9, data))
    # In a process of its own: the peak of this one would be that of its children.
    if writer := os.fork():
        os.waitpid(writer, 0)
        return
    nodes = [node("Gather", ["table", "index"], ["rows"]), node("MatMul", ["rows", "square"], ["inner"]), node("MatMul", ["inner", "wide"], ["y"])]
    weights = [weight("table", [rows // 2, width]), weight("square", [width, width]), weight("wide", [width, rows // 2])]
    with open(path, "wb") as file:
        file.write(wrap(graph(nodes, weights, [value("index", ["batch"], 7)], [value("y", ["batch", rows // 2])])))
    os._exit(0)


def run(*arguments):
    """Peak memory in bytes and user seconds of one compilation."""
    process = subprocess.Popen(["dlc", *arguments, "--cpu=x86-64-v3"], cwd=work)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"dlc {' '.join(arguments)} failed")
    return used.ru_maxrss * 1024, used.ru_utime


os.makedirs(work, exist_ok=True)
size = lambda file: os.path.getsize(os.path.join(work, file))
rows = megabytes * (1 << 20) // (4 * width)
added = rows * width * 4
memory, seconds, faults = {}, {}, []
for name, count in (("once", rows), ("twice", 2 * rows)):
    write_model(os.path.join(work, name + ".onnx"), count)
    memory[name], _ = run(name + ".onnx", "-o", name + ".ll", "--name=m")
    run(name + ".onnx", "--emit=kernels", "-o", name + ".mlir")
    _, seconds[name] = run(name + ".onnx", "-o", name + ".so", "--name=m")


def expect(what, value, low, high):
    print(f"{what}: {value:,} (expected {low:,} to {high:,})")
    if not low <= value <= high:
        faults.append(what)


expect("bytes of LLVM's IR", size("twice.ll") - size("once.ll"), -1000, 1000)
# The model's file is mapped, and its weights are held once, packed ones as they will lie: nothing else is.
expect("peak memory of generating code", memory["twice"] - memory["once"], -added, 2 * added + added // 4)
# In hexadecimal digits, in the one section of resources.
expect("bytes of a stage's file", size("twice.mlir") - size("once.mlir"), 2 * added - 1000, 2 * added + 1000)
expect("bytes of the library", size("twice.so") - size("once.so"), added - 8192, added + 8192)
print(f"user seconds for the libraries: {seconds['once']:.2f} and {seconds['twice']:.2f}")
sys.exit(f"grows with the weights: {', '.join(faults)}" if faults else 0)
