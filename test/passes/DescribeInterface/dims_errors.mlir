// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Limits of dimensions that cannot be meant.
// RUN: not dlc-opt %s --describe-interface=dims=rows=4 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not dlc-opt %s --describe-interface=dims=n=5..4 2>&1 | FileCheck %s --check-prefix=RANGE
// RUN: not dlc-opt %s --describe-interface=dims=n=0 2>&1 | FileCheck %s --check-prefix=ZERO
// RUN: not dlc-opt %s --describe-interface=dims=n=4294967296 2>&1 | FileCheck %s --check-prefix=HIGH
// NAME: no dimension is called 'rows'; there is 'n', 'm'
// RANGE: limits of dimension 'n' are '5..4', expected LOW..HIGH
// ZERO: limits of dimension 'n' are '0', expected LOW..HIGH
// HIGH: limits of dimension 'n' are '4294967296', expected LOW..HIGH
func.func @f(%x: tensor<?x?xf32> {dl.dims = ["n", "m"]}) attributes {dl.entry} { return }
