# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""batches.py DATA LIBRARY INPUT OUTPUT SIZE...: `dlc run` on batches of each size, whose rows are those of in:INPUT again
and again, gives those of out:OUTPUT within 1e-4 of the largest, in every variant that this machine runs. DATA is an ONNX
file that holds both as initialisers."""
import json
import struct
import subprocess
import sys


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value, shift, at = value | (byte & 127) << shift, shift + 7, at + 1
        if byte < 128:
            return value, at


def fields(data):
    """(number, value) of each field of a protobuf message: integers, or bytes."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        length, at = varint(data, at)
        if key & 7 == 2:
            yield key >> 3, data[at : at + length]
            at += length
        else:
            yield key >> 3, length  # a varint: ONNX's tensors have no other kind here


def rows(path, name):
    """The extents and the f32 rows of an initialiser: TensorProto has dims (1), name (8) and raw_data (9)."""
    with open(path, "rb") as file:
        (graph,) = (value for number, value in fields(file.read()) if number == 7)
    for tensor in (list(fields(value)) for number, value in fields(graph) if number == 5):
        of = dict(tensor)
        if of[8].decode() == name:
            dims = [value for number, packed in tensor if number == 1 for value in ([packed] if isinstance(packed, int) else packed)]
            size = len(of[9]) // dims[0]
            return dims[1:], [of[9][i * size : (i + 1) * size] for i in range(dims[0])]
    sys.exit(f"{path} has no {name}")


def run(library, given, output, variant):
    """The bytes of an output, for inputs {name: (extents, bytes)}."""
    for name, (extents, data) in given.items():
        header = repr({"descr": "<f4", "fortran_order": False, "shape": tuple(extents)})
        header += " " * (-(len(header) + 11) % 64) + "\n"
        with open(f"{name}.npy", "wb") as file:
            file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + data)
    subprocess.run(["dlc", "run", library, "--variant", variant, *(f"--input={name}={name}.npy" for name in given), f"--output={output}=out.npy"],
                   check=True)
    with open("out.npy", "rb") as file:
        data = file.read()
    return data[10 + struct.unpack("<H", data[8:10])[0] :]


def main():
    path, library, name, output, *sizes = sys.argv[1:]
    (extents, inputs), (_, outputs) = rows(path, "in:" + name), rows(path, "out:" + output)
    told = json.loads(subprocess.run(["dlc", "info", library, "--json"], check=True, capture_output=True, text=True).stdout)
    variants = [variant["name"] for variant in told["variants"]]
    for variant in variants[variants.index(told["variant"]) :]:  # the best that runs here, and those that need less
        for size in map(int, sizes):
            batch = b"".join(inputs[i % len(inputs)] for i in range(size))
            given = run(library, {name: ([size, *extents], batch)}, output, variant)
            wanted = b"".join(outputs[i % len(outputs)] for i in range(size))
            assert len(given) == len(wanted), f"{len(given)} bytes, expected {len(wanted)}"
            pairs = list(zip(*(struct.unpack(f"<{len(wanted) // 4}f", data) for data in (given, wanted))))
            error = max(abs(a - b) for a, b in pairs) / max(abs(b) for _, b in pairs)
            print(f"batch {size}, {variant}: {error:.1e} of the largest")
            assert error < 1e-4


main()
