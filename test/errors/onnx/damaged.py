# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""damaged.py TOOL MODEL FOLDER: all prefixes of MODEL and 400 mutations of it, in a few runs of TOOL --check."""
import os
import random
import shutil
import subprocess
import sys

tool, model, folder = sys.argv[1:]
shutil.rmtree(folder, ignore_errors=True)
os.makedirs(folder)
whole = open(model, "rb").read()
random.seed(0)
files = [whole[:n] for n in range(len(whole))]
for _ in range(400):
    bytes_ = bytearray(whole)
    for _ in range(random.choice((1, 1, 2, 8))):
        bytes_[random.randrange(len(bytes_))] = random.choice((0, 1, 0x7F, 0x80, 0xFF, random.randrange(256)))
    files.append(bytes(bytes_))
files += [bytes(random.randrange(256) for _ in range(n)) for n in range(0, 300, 3)]
names = []
for i, data in enumerate(files):
    names.append(os.path.join(folder, f"{i}.onnx"))
    with open(names[-1], "wb") as f:
        f.write(data)
for start in range(0, len(names), 250):
    group = names[start:start + 250]
    run = subprocess.run([tool, "--check", *group], capture_output=True, text=True, errors="replace", timeout=300)
    said = {line.split(": ")[0] for line in run.stdout.splitlines()}
    missing = [name for name in group if name not in said]
    if run.returncode not in (0, 1) or missing:
        sys.exit(f"exit {run.returncode}; nothing said of {missing[:1]}\n{run.stderr}")
