# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles, and sends a worker thread of the compiler the signal of a bad address.

shoot.py ARGUMENTS...   of dlc. Passes what it says on; fails unless it exits with 1.
"""
import ctypes
import pathlib
import signal
import subprocess
import sys
import time

dlc = subprocess.Popen(["dlc", *sys.argv[1:]])
shot = False
while not shot and dlc.poll() is None:
    for task in pathlib.Path(f"/proc/{dlc.pid}/task").iterdir():
        try:
            is_worker = (task / "comm").read_text().startswith("llvm-worker")
        except OSError:  # gone meanwhile
            continue
        if is_worker:
            tgkill = 234  # of x86-64; C libraries may have no function for it
            shot = ctypes.CDLL(None).syscall(tgkill, dlc.pid, int(task.name), int(signal.SIGSEGV)) == 0
            break
    time.sleep(0.001)
code = dlc.wait(timeout=60)
if not shot or code != 1:
    sys.exit(f"{'hit a worker' if shot else 'found no worker'}, exit code {code}")
