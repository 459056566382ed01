# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# refused.py CODE COMMAND...: runs a command that must end with CODE and write
# no file in the present folder; prints what it said on standard error.
import os
import subprocess
import sys

before = set(os.listdir("."))
result = subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60)
sys.stdout.write(result.stderr.decode(errors="replace"))
if result.returncode != int(sys.argv[1]):
    sys.exit(f"exit code {result.returncode}, expected {sys.argv[1]}")
if set(os.listdir(".")) != before:
    sys.exit(f"wrote {set(os.listdir('.')) ^ before}")
