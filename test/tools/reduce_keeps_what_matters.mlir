// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-reduce %s --reduction-tree="traversal-mode=0 test=%S/Inputs/has_tanh.sh" | FileCheck %s
// What the script does not look for goes.
// CHECK: dl.tanh
// CHECK-NOT: @unrelated
func.func @shows(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = dl.tanh %x : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
func.func @unrelated(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = dl.exp %x : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
