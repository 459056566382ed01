# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints for each output of a model how far a GPU's values are from a processor's."""
import array
import pathlib
import struct
import subprocess
import sys

ROWS = 1003
folder = pathlib.Path(sys.argv[1])
inputs = {"x": ("<f4", (ROWS, 2), struct.pack("<f", 1) * ROWS * 2), "seed": ("<i8", (), struct.pack("<q", 2**40 + 7)),
          "step": ("<i8", (), struct.pack("<q", 2**33 + 1))}
for name, (kind, shape, data) in inputs.items():
    header = repr({"descr": kind, "fortran_order": False, "shape": shape}).ljust(117).encode() + b"\n"
    (folder / f"{name}.npy").write_bytes(b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header + data)


def words(path):
    """The 32-bit elements of a .npy file, as they lie."""
    content = path.read_bytes()
    return array.array("i", content[10 + struct.unpack_from("<H", content, 8)[0]:])


names, drawn = ("bits", "uniform", "mask", "normal"), {}
for device in ("cpu", "cuda"):
    command = ["dlc", "run", folder / "m.so", f"--device={device}"]
    command += [f"--input={name}={folder / name}.npy" for name in inputs]
    command += [f"--output={name}={folder / name}-{device}.npy" for name in names]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    drawn[device] = [words(folder / f"{name}-{device}.npy") for name in names]

for name, a, b in zip(names, drawn["cpu"], drawn["cuda"]):
    assert len(a) == len(b) == 2 * ROWS, name
    # Floats of one sign are as far apart as their bits; those of two signs count as far.
    print(f"{name} {max(abs(p - q) for p, q in zip(a, b))} ulps, {len(set(a))} different values")
