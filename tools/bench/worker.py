# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""One engine on one row in a process of its own, driven over standard input.

  worker.py ENGINE MODEL BATCH predict|step THREADS FOLDER

Loads, calls once, saves the outputs to <FOLDER>/<engine>.npz and answers with
one JSON line; then for each number N read, makes N calls and answers with the
seconds that each took. Ends with its input.
"""
import json
import pathlib
import sys
import time

import numpy

from engines import ENGINES
from rows import Row


def peak():
    """Bytes of memory this process ever held (getrusage would count what the parent held when it forked)."""
    (line,) = [line for line in pathlib.Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def main():
    # Libraries print where they like; answers keep the real standard output.
    answers, sys.stdout = sys.stdout, sys.stderr

    def answer(**fields):
        fields["peak"] = peak()
        print(json.dumps(fields), file=answers, flush=True)

    engine, model, batch, kind, threads, folder = sys.argv[1:]
    folder, row = pathlib.Path(folder), Row(model, int(batch), kind == "step")
    with numpy.load(folder / f"{row.name}.npz") as file:
        inputs = dict(file)
    try:
        start = time.perf_counter()
        running = ENGINES[engine](row, folder, inputs, int(threads))
        loaded = time.perf_counter()
        outputs = running.call()
        first = time.perf_counter()
    except Exception as error:  # told in one line: the row goes on without this engine
        answer(error=f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}")
        return
    numpy.savez(folder / f"{engine}.npz", **{name: numpy.array(value) for name, value in outputs.items()})
    answer(version=running.version, load=loaded - start, first=first - loaded)
    for line in sys.stdin:
        seconds = []
        for _ in range(int(line)):
            start = time.perf_counter()
            running.call()
            seconds.append(time.perf_counter() - start)
        answer(seconds=seconds)


main()
