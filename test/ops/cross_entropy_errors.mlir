// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-evaluate %s --verify-diagnostics
func.func @label_out_of_range(%x: tensor<1x2xf32>, %y: tensor<1xi64>) -> tensor<f32> attributes {
    dl.entry,
    dl.inputs = [dense<[[0.0, 0.0]]> : tensor<1x2xf32>, dense<[2]> : tensor<1xi64>]} {
  // expected-error @below {{outside [0, 2)}}
  %r = dl.cross_entropy %x, %y : (tensor<1x2xf32>, tensor<1xi64>) -> tensor<f32>
  return %r : tensor<f32>
}
