// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Without anything to compute there is no function.
// RUN: dlc-opt %s --describe-interface --add-initialise | FileCheck %s
// CHECK-NOT: dl.initialise
dl.parameter @data : tensor<3xi32> = dense<[1, 2, 3]> : tensor<3xi32>
func.func @f() attributes {dl.entry} { return }
