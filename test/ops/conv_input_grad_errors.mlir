// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-evaluate %s --verify-diagnostics
func.func @wrong_extent(%x: tensor<?x1x?xf32> {dl.dims = ["n", 1, "k"]}, %y: tensor<1x1x2xf32>) -> tensor<?x1x?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0, 3.0]]]> : tensor<1x1x3xf32>, dense<[[[1.0, 10.0]]]> : tensor<1x1x2xf32>]} {
  // expected-error @below {{cotangent has extent 3 in axis 2, expected 5}}
  %r = dl.conv_input_grad %x, %y {dims = ["n", 1, "2*k"], strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>} : (tensor<?x1x?xf32>, tensor<1x1x2xf32>) -> tensor<?x1x?xf32>
  return %r : tensor<?x1x?xf32>
}
