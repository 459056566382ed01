# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What every op of the dialect must have: `ops.py ROOT LLVM DLC_OPT`.

A summary; a description with an example of the op, which parses; a test in
test/ops; types and a form for the matrix; an evaluation or a decomposition; a
gradient of its own, one through its decomposition, or the class that says aloud
that there is none. Ops of regions, symbols and kernels (State, Control, Kernel)
have neither type table nor evaluation as an op alone: some test must use them.
"""
import json
import pathlib
import re
import subprocess
import sys

EXEMPT = {"State", "Control", "Kernel"}


def interfaces(dump, op):
    return {dump[trait["def"]].get("cppInterfaceName") for trait in op["traits"]}


def example(op):
    """The text after `Example:`, without its quotes; nothing if there is none."""
    _, found, text = op["description"].partition("Example:")
    block = re.search(r"```mlir\n(.*?)```|`(.*?)`", text, re.S)
    return (block[1] or block[2]).strip() if found and block else ""


def as_function(index, text):
    """The example in a function that takes its operands."""
    inner = re.sub(r"\{.*?\}", "", text, flags=re.S)
    operands = re.findall(r"%\w+", inner.partition("=")[2].partition(" : ")[0])
    types = re.search(r": \((.*?)\) ->", text, re.S)
    types = re.findall(r"tensor<[^>]*>", types[1]) if types else []
    arguments = ", ".join(f"{operand}: {type}" for operand, type in dict(zip(operands, types)).items())
    return f"func.func @example{index}({arguments}) {{\n  {text}\n  return\n}}\n"


def main():
    root, llvm, dlc_opt = (pathlib.Path(argument) for argument in sys.argv[1:4])
    command = [llvm / "bin/llvm-tblgen", "--dump-json", f"-I{root / 'dialects/dl'}", f"-I{llvm / 'include'}", root / "dialects/dl/Ops.td"]
    dump = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    tests = "\n".join(path.read_text() for folder in ("ops", "dialects", "passes") for path in (root / "test" / folder).rglob("*.mlir"))
    complaints, examples = [], []
    for op in (dump[name] for name in dump["!instanceof"]["Dl_Op"]):
        name, family, text = op["opName"], op["family"], example(op)

        def complain(what):
            complaints.append(f"dl.{name}: {what}")

        if not op["summary"]:
            complain("no summary")
        if f"dl.{name}" not in text:
            complain("no example of it in its description")
        elif family not in EXEMPT:
            examples.append((name, text))
        if not family:
            complain("no family")
        if family in EXEMPT:
            if not re.search(rf"dl\.{name}\b", tests):
                complain("no test uses it")
            continue
        if not (root / f"test/ops/{name}.mlir").exists():
            complain(f"no test/ops/{name}.mlir")
        if not op["matrixTypes"] or not op["matrixForm"]:
            complain("no types or no form for the matrix")
        has = interfaces(dump, op)
        if not has & {"EvaluableOpInterface", "CompositeOpInterface"}:
            complain("neither evaluation nor decomposition")
        if not has & {"DifferentiableOpInterface", "CompositeOpInterface"} and "Dl_NonDifferentiable" not in op["!superclasses"]:
            complain("no gradient, and does not say so")
    for name, text in examples:
        done = subprocess.run([dlc_opt, "-", "-o", "/dev/null"], input=as_function(0, text), capture_output=True, text=True)
        if done.returncode:
            complaints.append(f"dl.{name}: its example does not parse: {done.stderr.strip().splitlines()[0]}")
    print("\n".join(complaints))
    sys.exit(1 if complaints else 0)


if __name__ == "__main__":
    main()
