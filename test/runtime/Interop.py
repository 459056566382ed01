# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Interop.py FORMATS PROGRAM: the Python package safetensors reads what the
# runtime writes, and the runtime reads what it writes. Without the package
# this is skipped (exit 77).
import subprocess
import sys
import tempfile

try:
    import numpy
    from safetensors import safe_open
    from safetensors.numpy import save_file
except ImportError:
    sys.exit(77)

formats, program = sys.argv[1:]
with safe_open(formats + "/format-1.safetensors", framework="numpy") as file:
    metadata = file.metadata()
    tensors = {name: file.get_tensor(name) for name in file.keys()}
assert metadata["dlc.step"] == "2" and metadata["dlc.model"] == "toy", metadata
assert tensors["w"].shape == (4, 3) and tensors["w"].dtype == numpy.float32
assert tensors["mask"].dtype == numpy.bool_ and tensors["mask"].all()
assert tensors["calls"] == 2 and tensors["momentum.v/w"].any()
try:
    import xxhash
    for name, value in tensors.items():
        kind = "slot.xxh64" if name in ("calls", "momentum.v/w") else "xxh64"
        assert metadata[f"dlc.{kind}/{name}"] == xxhash.xxh64_hexdigest(value.tobytes()), name
except ImportError:
    pass

with tempfile.TemporaryDirectory() as folder:
    path = folder + "/python.safetensors"
    weights = {"b": numpy.array([1, 2, 3], numpy.float32), "w": numpy.full((4, 3), 0.5, numpy.float32),
               "mask": numpy.array([True, False, True])}
    save_file(weights, path, metadata={"written by": "python"})
    printed = subprocess.run([program, path], check=True, capture_output=True, text=True).stdout.split()
    assert printed == ["0.5"] * 12 + ["1", "2", "3"], printed
