# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks that a report's figures agree with each other and with `dlc info --json`.

check.py REPORT.json [INFO.json]
"""
import json
import re
import sys

report = json.load(open(sys.argv[1]))
dims = {d["name"]: d["value"] for d in report["dims"]}


def amounts(value):
    """Every amount: its value is its expression's at the report's dimensions."""
    if isinstance(value, dict) and "expression" in value:
        python = re.sub(r"floordiv\(([^(),]+), ([^(),]+)\)", r"((\1) // (\2))", value["expression"])
        assert eval(python, {}, dims) == value["value"], value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            amounts(part)


amounts(report)
largest = 0
for variant in report["variants"]:
    kernels = {k["name"]: k for k in variant["kernels"]}
    for function in variant["functions"]:
        for what in ("flops", "read", "written"):
            total = sum(l["times"]["value"] * kernels[l["kernel"]][what]["value"] for l in function["launches"])
            assert function[what] == total, (function["name"], what, function[what], total)
        arena = function["arena"]
        for i, a in enumerate(arena["tensors"]):
            size = lambda t: t["bytes"]["value"] + t["per_worker"]["value"]
            assert a["offset"] + size(a) <= arena["bytes"]
            for b in arena["tensors"][:i]:  # alive together: apart
                if a["first"] <= b["last"] and b["first"] <= a["last"] and size(a) and size(b):
                    assert a["offset"] + size(a) <= b["offset"] or b["offset"] + size(b) <= a["offset"], (a, b)
if len(sys.argv) > 2:
    info = json.load(open(sys.argv[2]))
    chosen = next(v for v in report["variants"] if v["name"] == info["variant"])
    largest = max(f["arena"]["bytes"] for f in chosen["functions"])
    assert largest == info["memory"]["arena"], (largest, info["memory"])
print("agrees:", len(report["variants"]), "variants")
