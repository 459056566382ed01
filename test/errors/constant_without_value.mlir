// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: not dlc %s --weights=constant -o %t.so 2>&1 | FileCheck %s
// RUN: not ls %t.so
// CHECK: constant_without_value.mlir:7:1: error: 'dl.parameter' op has no value, only the initialiser #dl.uniform<stream = 1, low = 0.000000e+00 : f64, high = 1.000000e+00 : f64>, and --weights=constant makes constants of values
// CHECK-NOT: error
dl.parameter @bias : tensor<2xf32> = #dl.zeros
dl.parameter @w : tensor<2xf32> = #dl.uniform<stream = 1, low = 0.0 : f64, high = 1.0 : f64>
func.func @predict(%x: tensor<2xf32>) -> (tensor<2xf32> {dl.name = "y"}) attributes {dl.entry} {
  %w = dl.read @w : tensor<2xf32>
  %b = dl.read @bias : tensor<2xf32>
  %y = dl.add %w, %b : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}
