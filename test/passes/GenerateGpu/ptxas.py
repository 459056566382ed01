# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""ptxas over every kernel of the models given, compiled with the options given: no spills, no stack, registers and
shared memory within budget; and no sums by atomics, which no two runs make alike. Writes the table of them. Without ptxas it says so."""
import re
import shutil
import subprocess
import sys

REGISTERS, SHARED = 128, 48 * 1024  # or what .maxnreg says: so that 512 threads fit a processor, or the blocks wanted


def find():
    return shutil.which("ptxas") or shutil.which("/usr/local/cuda/bin/ptxas")


def table(ptx, gpu, ptxas):
    """Kernel: registers, shared bytes, stack bytes, spilled bytes."""
    out = subprocess.run([ptxas, "-v", f"-arch={gpu}", ptx, "-o", ptx + ".cubin"], capture_output=True, text=True)
    assert out.returncode == 0, out.stderr
    rows, name = {}, None
    for line in out.stderr.splitlines():
        if match := re.search(r"Compiling entry function '(\S+)'", line):
            name = match[1]
            rows[name] = [0, 0, 0, 0]
        if match := re.search(r"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads", line):
            rows[name][2:] = [int(match[1]), int(match[2]) + int(match[3])]
        if match := re.search(r"Used (\d+) registers", line):
            rows[name][0] = int(match[1])
        if match := re.search(r"(\d+) bytes smem", line):
            rows[name][1] = int(match[1])
    return rows


def main(out, *arguments):
    ptxas, bad, lines = find(), [], []
    models, options = ([a for a in arguments if a.startswith("--") == isOption] for isOption in (False, True))
    for gpu in ("sm_80", "sm_90a"):
        for number, model in enumerate(models):
            ptx = f"{out}.{number}.{gpu}.ptx"
            subprocess.run(["dlc", "--device=cuda", f"--gpu={gpu}", *options, model, "-o", ptx], check=True)
            text = open(ptx).read()
            entries = re.findall(r"\.entry (\S+?)\(", text)
            assert not re.search(r"\b(atom|red)\.(?!sync)\S*\.b?f(16|32|64)", text), f"{model} adds floats by atomics"
            assert entries, f"{model} has no kernels"
            if not ptxas:
                continue
            rows = table(ptx, gpu, ptxas)
            allowed = dict(re.findall(r"\.entry (\S+?)\([^{]*\.maxnreg (\d+)", text))
            assert sorted(rows) == sorted(entries), (sorted(rows), sorted(entries))
            for name, (registers, shared, stack, spilled) in sorted(rows.items()):
                line = f"{gpu:7} {name:32} registers {registers:3}  shared {shared:5}  stack {stack}  spilled {spilled}"
                lines.append(line)
                if stack or spilled or registers > int(allowed.get(name, REGISTERS)) or shared > SHARED:
                    bad.append(line)
    open(out, "w").write("\n".join(lines) + "\n")
    print(f"{len(lines)} kernels assembled" if ptxas else "PTX was written; NOT CHECKED: spills, stack, registers, as there is no ptxas")
    if bad:
        sys.exit("out of budget:\n" + "\n".join(bad))


main(*sys.argv[1:])
