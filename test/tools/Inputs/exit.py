# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""exit.py CODE COMMAND...: runs the command; succeeds when it ends with CODE.

Its standard output and error come out as one stream, in order.
"""
import subprocess
import sys

expected = int(sys.argv[1])
result = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
sys.stdout.buffer.write(result.stdout)
sys.stdout.flush()
if result.returncode != expected:
    sys.exit(f"exit code {result.returncode}, expected {expected}")
