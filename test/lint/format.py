# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Names the lines of C and C++ that clang-format would lay out otherwise: `format.py ROOT [--fix]`."""
import pathlib
import subprocess
import sys

from lint import files

PROGRAM = "clang-format-22"
AT_ONCE = 24


def main():
    root, fix = pathlib.Path(sys.argv[1]).resolve(), "--fix" in sys.argv
    names = sorted(str(path.relative_to(root)) for path in files(root) if path.suffix in {".c", ".cpp", ".h"})
    command = [PROGRAM, "-i"] if fix else [PROGRAM, "--dry-run", "-Werror"]
    status = 0
    running = [subprocess.Popen([*command, *names[i::AT_ONCE]], cwd=root, stderr=subprocess.PIPE, text=True)
               for i in range(min(AT_ONCE, len(names)))]
    for process in running:
        complaints = [line for line in process.communicate()[1].splitlines() if "error:" in line]
        print(*complaints, sep="\n", end="\n" if complaints else "")
        status |= process.returncode
    return 1 if status else 0


sys.exit(main())
