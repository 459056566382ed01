# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs dlc-matrix as if nobody generated pooling and `contract` gave other shapes."""
import importlib.machinery
import importlib.util
import pathlib
import sys

sys.dont_write_bytecode = True
source = pathlib.Path(sys.argv.pop(1)) / "tools/dlc-matrix"
sys.path.insert(0, str(source))
import forms  # noqa: E402

del forms.FORMS["pool"]
contract = forms.FORMS["contract"]


def transposed(op, element):
    for instance in contract(op, element):
        (shape, result), = instance.results
        yield forms.Instance(instance.form, instance.arguments, [(shape[::-1], result)], instance.attributes)


forms.FORMS["contract"] = transposed
loader = importlib.machinery.SourceFileLoader("matrix", str(source / "dlc-matrix"))
matrix = importlib.util.module_from_spec(importlib.util.spec_from_loader("matrix", loader))
loader.exec_module(matrix)
matrix.main()
