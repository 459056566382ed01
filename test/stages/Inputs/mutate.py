# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Damages stages' files at random and goes on from them: dlc must refuse or
compile, never crash.

mutate.py STAGES WORK COUNT [SEED]   COUNT damaged files of each stage in STAGES
"""
import os
import random
import re
import subprocess
import sys

stages, work, count, *seed = sys.argv[1:]
seed = int(seed[0]) if seed else 1
tokens = re.compile(r"-?\d+|@[\w.]+|%\w+|tensor<[^>]*>|memref<[^>]*>|vector<[^>]*>|\"[^\"]*\"|\b[a-z_]+\.[a-z_.]+\b")


def damage(lines, chance):
    """One small wound: what a slip of the hand or a bad merge leaves."""
    lines = list(lines)
    at = chance.randrange(len(lines))
    kind = chance.choice(["delete", "repeat", "swap", "number", "number", "token", "token", "token", "attribute", "cut"])
    if kind == "delete":
        del lines[at]
    elif kind == "repeat":
        lines.insert(at, lines[at])
    elif kind == "swap":
        other = chance.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == "cut":
        del lines[at:]
    elif kind == "attribute":  # one of "name = value" less
        found = list(re.finditer(r"[\w.]+ = [^,{}\[\]<>()]+, ", lines[at]))
        if found:
            one = chance.choice(found)
            lines[at] = lines[at][: one.start()] + lines[at][one.end():]
    else:
        found = [m for m in tokens.finditer(lines[at]) if kind == "token" or m[0].lstrip("-").isdigit()]
        if found:
            one = chance.choice(found)
            if kind == "number":
                new = str(chance.choice([0, 1, -1, 3, 1 << 31, 1 << 62, -(1 << 63)]))
            else:  # another of its kind from anywhere in the file
                new = chance.choice([m for m in tokens.findall(lines[chance.randrange(len(lines))])] or ["0"])
            lines[at] = lines[at][: one.start()] + new + lines[at][one.end():]
    return lines, f"{kind} at line {at + 1}"


os.makedirs(work, exist_ok=True)
bad = refused = accepted = 0
for stage in ["dl", "kernels", "loops", "llvm"]:
    lines = open(os.path.join(stages, stage + ".mlir")).read().splitlines()
    chance = random.Random(f"{seed} {stage}")
    for number in range(int(count)):
        wounded, what = damage(lines, chance)
        path = os.path.join(work, f"{stage}-{number}.mlir")
        open(path, "w").write("\n".join(wounded) + "\n")
        out = os.path.join(work, "out.ll" if stage == "llvm" else "out.mlir")
        emit = [] if stage == "llvm" else ["--emit=llvm"]
        done = subprocess.run(["dlc", f"--from={stage}", path, *emit, "-o", out], capture_output=True, text=True, errors="replace", timeout=300)
        fine = done.returncode == 0 or (done.returncode == 1 and "error:" in done.stderr and "crashed" not in done.stderr)
        refused += done.returncode == 1
        accepted += done.returncode == 0
        if fine:
            os.remove(path)
            continue
        bad += 1
        print(f"{path}: {what}: exit {done.returncode}: {done.stderr.strip()[-300:]}")
print(f"{refused} refused, {accepted} accepted, {bad} crashed")
sys.exit(1 if bad else 0)
