# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""self_test_inputs.py NAME: pictures and labels as NAME.npz and NAME.safetensors, and wrong ones."""
import json
import struct
import sys
import zipfile

name = sys.argv[1]
image = bytes((i * 7) % 251 for i in range(2 * 28 * 28))
label = bytes([3, 9])


def npy(shape, data):
    header = repr({"descr": "|u1", "fortran_order": False, "shape": shape})
    header += " " * (-(len(header) + 11) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + data


def npz(path, method, **arrays):
    with zipfile.ZipFile(path, "w", method) as file:
        for key, (shape, data) in arrays.items():
            with file.open(key + ".npy", "w", force_zip64=True) as member:  # as NumPy does
                member.write(npy(shape, data))


npz(name + ".npz", zipfile.ZIP_DEFLATED, image=((2, 28, 28), image), label=((2,), label))
npz(name + ".other.npz", zipfile.ZIP_STORED, picture=((2, 28, 28), image))
npz(name + ".shape.npz", zipfile.ZIP_STORED, image=((2, 28), image[:56]), label=((2,), label))
with open(name + ".npz", "rb") as file:
    whole = file.read()
with open(name + ".cut.npz", "wb") as file:
    file.write(whole[:-100])
header = {
    "image": {"dtype": "U8", "shape": [2, 28, 28], "data_offsets": [0, len(image)]},
    "label": {"dtype": "U8", "shape": [2], "data_offsets": [len(image), len(image) + 2]},
}
text = json.dumps(header).encode()
with open(name + ".safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + image + label)
