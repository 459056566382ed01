// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --evaluate-prepare | FileCheck %s
// Weights that can be loaded or trained stay weights.
// CHECK: dl.parameter @w
// CHECK: dl.state = @w
dl.parameter @w : tensor<2xf32> = #dl.ones
func.func @predict(%w: tensor<2xf32> {dl.state = @w}) -> tensor<2xf32> attributes {dl.entry} {
  return %w : tensor<2xf32>
}
