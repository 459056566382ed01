# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles an ONNX model and the same with twice the weights; shows that only
the writing of them grows.

weights.py WORK [MEGABYTES]   of weights in the smaller model

Fails if code grows with the weights, the library, the stages or the compiler's
memory by anything but them. Times are printed, never judged.
"""
import os
import struct
import subprocess
import sys

work = sys.argv[1]
megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 16
width = 256  # floats of a row


def varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def field(number, value):
    """One field of a protobuf message: an integer, or bytes."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def value_info(name, element, dims):
    shape = b"".join(field(1, field(2, d) if isinstance(d, str) else field(1, d)) for d in dims)
    return field(1, name) + field(2, field(1, field(1, element) + field(2, shape)))


def model(path, rows):
    """rows(table)[index] x projection: a table of `rows` rows and a square matrix."""
    def weight(name, dims):
        data = struct.pack("<1024f", *((i % 251) / 251 for i in range(1024))) * (dims[0] * dims[1] // 1024)
        return b"".join(field(1, d) for d in dims) + field(2, 1) + field(8, name) + field(9, data)
    gather = field(1, "table") + field(1, "index") + field(2, "rows") + field(4, "Gather")
    product = field(1, "rows") + field(1, "projection") + field(2, "y") + field(4, "MatMul")
    graph = field(1, gather) + field(1, product) + field(2, "g")
    graph += field(5, weight("table", [rows, width])) + field(5, weight("projection", [width, width]))
    graph += field(11, value_info("index", 7, ["batch"])) + field(12, value_info("y", 1, ["batch", width]))
    with open(path, "wb") as file:
        file.write(field(1, 8) + field(7, graph) + field(8, field(1, "") + field(2, 17)))


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
    model(os.path.join(work, name + ".onnx"), count)
    memory[name], _ = run(name + ".onnx", "-o", name + ".ll", "--name=m")
    run(name + ".onnx", "--emit=kernels", "-o", name + ".mlir")
    _, seconds[name] = run(name + ".onnx", "-o", name + ".so", "--name=m")


def expect(what, value, low, high):
    print(f"{what}: {value:,} (expected {low:,} to {high:,})")
    if not low <= value <= high:
        faults.append(what)


expect("bytes of LLVM's IR", size("twice.ll") - size("once.ll"), -1000, 1000)
# The model's file is mapped, and its weights are held once: nothing else is.
expect("peak memory of generating code", memory["twice"] - memory["once"], -added, 2 * added + added // 4)
# In hexadecimal digits, in the one section of resources.
expect("bytes of a stage's file", size("twice.mlir") - size("once.mlir"), 2 * added - 1000, 2 * added + 1000)
expect("bytes of the library", size("twice.so") - size("once.so"), added - 8192, added + 8192)
print(f"user seconds for the libraries: {seconds['once']:.2f} and {seconds['twice']:.2f}")
sys.exit(f"grows with the weights: {', '.join(faults)}" if faults else 0)
