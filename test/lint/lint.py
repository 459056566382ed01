# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What every file of the tree must be: `lint.py ROOT`.

Files are those git knows, or, outside a clone, all but the build folder.
"""
import pathlib
import re
import subprocess
import sys

SPDX = "SPDX-License-Identifier: Apache-2.0 WITH " + "LLVM-exception"
# These cannot carry a comment, or are the licence.
BARE = {".json", ".safetensors", ".npy", ".gz", ".onnx", ".bin", ".svg", ".png", ".md"}
BARE_NAMES = {"LICENSE", ".gitignore", ".clang-format", ".clang-tidy", ".gitattributes"}
# Words that say where or by whom a file was made; unfinished work.
STRAY = re.compile("|".join((r"/wo" r"rk/", r"/tm" r"p/", r"/ho" r"me/\w", r"TO" r"DO", r"FIX" r"ME")))


def files(root):
    listed = subprocess.run(["git", "-C", root, "ls-files", "-z"], capture_output=True)
    if listed.stdout:  # nothing: no clone, or a folder in one that git does not know
        names = [name for name in listed.stdout.decode().split("\0") if name]
        return [path for path in (root / name for name in names) if path.is_file()]
    return [path for path in root.rglob("*") if path.is_file() and not {"build", ".git"} & set(path.relative_to(root).parts)]


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    complaints = []
    for path in files(root):
        name = path.relative_to(root)
        data = path.read_bytes()
        if b"\0" in data:
            continue
        lines = data.decode("utf-8", "replace").splitlines()
        if path.suffix not in BARE and path.name not in BARE_NAMES and not any(SPDX in line for line in lines[:3]):
            complaints.append(f"{name}: no SPDX line among the first three")
        for number, line in enumerate(lines, 1):
            if path.name != "LICENSE" and (found := STRAY.search(line)):
                complaints.append(f"{name}:{number}: stray '{found.group()}'")
            if line != line.rstrip() and path.suffix in {".mlir", ".py", ".cpp", ".h", ".td", ".c", ".txt", ".cmake"}:
                complaints.append(f"{name}:{number}: white space at the end of the line")
    print(*complaints, sep="\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
