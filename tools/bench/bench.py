# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Times dlc and its peers on the same rows, side by side.

Every engine lives in a process of its own and they take turns, a few calls at
a time, so that whatever else the machine does falls on all alike. Before
anything is timed their results are compared; one that disagrees is left out and
said. Printed: median and spread (10th to 90th percentile) of the calls, the
ratio best peer / dlc, the share of what this machine can compute at most that
dlc reaches (a burst of multiply-adds, measured by `dlc bench --report` on as
many threads), peak memory, and the time to load and to compile.
"""
import argparse
import json
import pathlib
import platform
import signal
import statistics
import subprocess
import sys
import time

import numpy

import rows
from engines import ENGINES, runs

HERE = pathlib.Path(__file__).resolve().parent
TURN = 0.05  # seconds that a turn lasts at least


class Worker:
    def __init__(self, engine, row, threads, folder):
        kind = "step" if row.trains else "predict"
        self.engine = engine
        self.process = subprocess.Popen(
            [sys.executable, "-B", str(HERE / "worker.py"), engine, row.model, str(row.batch), kind, str(threads), str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.seconds = []
        self.start = self.read()

    def read(self):
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"error": f"ended with {self.process.wait()}"}

    def turn(self, calls):
        """Seconds of so many calls. Between turns the process stands still: an
        engine's threads that spin for more work would take a processor from the next."""
        self.process.send_signal(signal.SIGCONT)
        self.process.stdin.write(f"{calls}\n")
        self.process.stdin.flush()
        result = self.read()
        self.process.send_signal(signal.SIGSTOP)
        self.peak = result["peak"]
        return result["seconds"]

    def close(self):
        self.process.send_signal(signal.SIGCONT)
        self.process.stdin.close()
        self.process.wait()


def agree(row, workers, folder):
    """Drops workers whose results differ from the first peer's, and says so."""
    results = {}
    for worker in workers:
        with numpy.load(folder / f"{worker.engine}.npz") as file:
            results[worker.engine] = [file[name] for name in file.files]
    reference = next((e for e in results if e != "dlc"), "dlc")
    for worker in list(workers):
        # A step that draws dropout masks agrees in the mean only.
        tolerance = 0.25 if row.random else 2e-3
        expected, given = results[reference][0], results[worker.engine][0]
        if expected.size != given.size or not numpy.allclose(expected.ravel(), given.ravel(), tolerance, tolerance * numpy.abs(expected).max()):
            print(f"{row.name}: {worker.engine} disagrees with {reference}, left out", file=sys.stderr)
            workers.remove(worker)
            worker.close()


def measure(row, engines, threads, rounds, folder):
    """{engine: result} for one row, by interleaved turns."""
    results, workers = {}, []
    for engine in engines:
        if runs(engine, row):
            worker = Worker(engine, row, threads, folder)
            if "error" in worker.start:
                print(f"{row.name}: {engine}: {worker.start['error']}", file=sys.stderr)
                worker.close()
            else:
                workers.append(worker)
    agree(row, workers, folder)
    calls = {}
    for worker in workers:
        worker.turn(3)
        once = min(worker.turn(3))
        calls[worker.engine] = max(1, min(2000, round(TURN / once)))
    for number in range(rounds):
        # Another one goes first each time.
        for worker in workers[number % len(workers):] + workers[: number % len(workers)] if workers else ():
            worker.seconds.append(statistics.median(worker.turn(calls[worker.engine])))
    for worker in workers:
        cuts = statistics.quantiles(worker.seconds, n=10)
        results[worker.engine] = {
            "median": statistics.median(worker.seconds), "low": cuts[0], "high": cuts[-1], "peak": worker.peak,
            "load": worker.start["load"], "first": worker.start["first"], "version": worker.start["version"]}
        worker.close()
    return results


def compile_models(wanted, folder):
    """{model: (seconds, bytes)}: dlc's own compilation, before anything is timed."""
    found, dlc = {}, rows.ROOT / "build" / "bin" / "dlc"
    for model in wanted:
        source = rows.ROOT / "examples" / "fashion" / f"{model}.mlir" if model in rows.SHAPES else folder / f"{model}.onnx"
        start = time.perf_counter()
        result = subprocess.run([dlc, source, "-o", folder / f"{model}.so"], capture_output=True, text=True)
        if result.returncode:
            print(f"{model}: {(result.stderr.strip().splitlines() or ['dlc failed'])[0]}", file=sys.stderr)
        else:
            found[model] = time.perf_counter() - start, (folder / f"{model}.so").stat().st_size
    return found


def share_of_limit(row, threads, seconds, folder):
    """dlc's flops a second over the machine's limit; the flops are those of the model as compiled."""
    source = rows.ROOT / "examples" / "fashion" / f"{row.model}.mlir" if row.fashion else folder / f"{row.model}.onnx"
    library, report = folder / f"{row.model}-profile.so", folder / "limit.json"
    dlc = rows.ROOT / "build" / "bin" / "dlc"
    if not library.exists() or library.stat().st_mtime < dlc.stat().st_mtime:  # made by another dlc
        subprocess.run([dlc, source, "--profile", "-o", library], check=True)
    sizes = [f"--dim={name}={size}" for name, size in row.sizes.items()]
    subprocess.run([dlc, "bench", library, "--function", "train_step" if row.trains else "predict", "--threads", str(threads), "--rounds", "3",
                    "--report", report, *sizes], check=True, stdout=subprocess.DEVNULL)
    told = json.loads(report.read_text())
    return told["variants"][0]["functions"][0]["flops"] / seconds / told["measured"]["flops_per_second"]


def cpu():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def table(results, engines):
    print("| row | threads | dlc's variant, weights | " + " | ".join(f"{e}, ms" for e in engines) + " | best peer / dlc | share of limit | memory, MB |")
    print("|---" * (len(engines) + 6) + "|")
    for result in results:
        cells = []
        for engine in engines:
            r = result["engines"].get(engine)
            cells.append(f"{r['median'] * 1e3:.3f} ({r['low'] * 1e3:.3f}-{r['high'] * 1e3:.3f})" if r else "-")
        peers = [r["median"] for e, r in result["engines"].items() if e != "dlc"]
        own = result["engines"].get("dlc")
        ratio = f"{min(peers) / own['median']:.2f}" if own and peers else "-"
        memory = " / ".join(f"{result['engines'][e]['peak'] / 1e6:.0f}" if e in result["engines"] else "-" for e in engines)
        code = own["version"].split(", ", 1)[1] if own else "-"
        print(f"| {result['row']} | {result['threads']} | {code} | " + " | ".join(cells) + f" | {ratio} | {result.get('share', 0):.0%} | {memory} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="", help="only rows whose name contains this text")
    parser.add_argument("--engines", default=",".join(ENGINES), help="comma-separated, of: %(default)s")
    parser.add_argument("--threads", default="1,2", help="comma-separated counts (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=20, help="turns of each engine (default: %(default)s)")
    parser.add_argument("--folder", type=pathlib.Path, default=rows.ROOT / "build" / "bench", help="where files go")
    options = parser.parse_args()
    engines = options.engines.split(",")
    if unknown := set(engines) - set(ENGINES):
        parser.error(f"unknown engines: {', '.join(sorted(unknown))}")
    chosen = [row for row in rows.ROWS if options.rows in row.name]
    if not chosen:
        parser.error(f"no row's name contains '{options.rows}'; there are: {', '.join(row.name for row in rows.ROWS)}")
    options.folder.mkdir(parents=True, exist_ok=True)
    for row in chosen:
        rows.prepare(row, options.folder)
    compiled = compile_models(sorted({row.model for row in chosen}), options.folder) if "dlc" in engines else {}
    results = []
    for threads in map(int, options.threads.split(",")):
        for row in chosen:
            usable = [e for e in engines if e != "dlc" or row.model in compiled]
            result = {"row": row.name, "threads": threads, "engines": measure(row, usable, threads, options.rounds, options.folder)}
            if "dlc" in result["engines"]:
                result["share"] = share_of_limit(row, threads, result["engines"]["dlc"]["median"], options.folder)
            results.append(result)
            print(f"measured {row.name}, {threads} thread(s)", file=sys.stderr)
    report = {"cpu": cpu(), "versions": sorted({r["version"] for result in results for r in result["engines"].values()}),
              "compiled": {model: {"seconds": s, "bytes": b} for model, (s, b) in compiled.items()}, "results": results}
    (options.folder / "results.json").write_text(json.dumps(report, indent=1) + "\n")
    print(f"{report['cpu']}; {'; '.join(report['versions'])}; {options.rounds} rounds, median (10th-90th percentile)\n")
    table(results, engines)
    for model, (seconds, size) in compiled.items():
        print(f"\ndlc compiles {model} in {seconds:.2f} s to {size / 1024:.0f} KB")
    print("\nload + first call, s: " + "; ".join(
        f"{r['row']}: " + ", ".join(f"{e} {v['load'] + v['first']:.2f}" for e, v in r["engines"].items()) for r in results if r["threads"] == 1))


main()
