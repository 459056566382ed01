# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""seeds.py [MODEL...]: trains each example with dlc from five seeds, exactly as test/models/Inputs/accuracy.json says
that PyTorch was, and prints both lists. Fails when dlc's mean is below PyTorch's by more than two standard errors of the
difference. Uses build/bin/dlc; takes minutes, so no test runs it.
"""
import json
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = pathlib.Path("/usr/share/datasets/fashion-mnist")
SEEDS = (1, 2, 3, 4, 5)


def pictures(part):
    return f"image={DATA}/{part}-images-idx3-ubyte.gz,label={DATA}/{part}-labels-idx1-ubyte.gz"


def accuracy(library, reference, seed, folder):
    rows = subprocess.run(
        [ROOT / "build/bin/dlc", "train", library, "--data", pictures("train"), "--test", pictures("t10k"), "--json", "--out", folder,
         "--seed", str(seed), "--epochs", str(reference["epochs"]), "--batch", str(reference["batch"]),
         "--hyper", f"learning_rate={reference['learning rate']}"],
        check=True, capture_output=True, text=True).stdout.splitlines()
    epochs = [row for row in map(json.loads, rows) if row["event"] == "epoch"]
    assert len(epochs) == reference["epochs"], epochs
    return epochs[-1]["accuracy"]


def main():
    references = json.loads((ROOT / "test/models/Inputs/accuracy.json").read_text())
    failed = []
    for name in sys.argv[1:] or [name for name in references if name != "made by"]:
        reference = references[name]
        with tempfile.TemporaryDirectory() as folder:
            library = pathlib.Path(folder) / "model.so"
            subprocess.run([ROOT / "build/bin/dlc", ROOT / f"examples/fashion/{name}.mlir", "-o", library], check=True)
            ours = [accuracy(library, reference, seed, folder) for seed in SEEDS]
        theirs = list(reference["accuracy"].values())
        error = math.sqrt(sum(statistics.variance(side) / len(side) for side in (ours, theirs)))
        difference = statistics.mean(ours) - statistics.mean(theirs)
        for who, side in (("dlc", ours), ("PyTorch", theirs)):
            print(f"{name:9} {who:8} mean {statistics.mean(side):.4f}  {' '.join(f'{a:.4f}' for a in side)}")
        good = difference >= -2 * error
        print(f"{name:9} difference {difference:+.4f}, standard error {error:.4f}: {'within two' if good else 'BELOW by more than two'}", flush=True)
        if not good:
            failed.append(name)
    sys.exit(f"below PyTorch: {', '.join(failed)}" if failed else 0)


main()
