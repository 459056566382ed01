// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @mean(%x: tensor<?x1xf32> {dl.dims = ["n", 1]}, %y: tensor<?x1xf32> {dl.dims = ["n", 1]}) -> tensor<f32> attributes {
    dl.entry,
    dl.inputs = [dense<[[0.0], [100.0]]> : tensor<2x1xf32>, dense<[[1.0], [1.0]]> : tensor<2x1xf32>],
    dl.expect = [dense<0.34657359027997264> : tensor<f32>],
    dl.ulps = 4 : i64} {
  %r = dl.bce_with_logits %x, %y : (tensor<?x1xf32>, tensor<?x1xf32>) -> tensor<f32>
  return %r : tensor<f32>
}

// sigmoid alone would give log 0.
func.func @large_logits(%x: tensor<1xf32>, %y: tensor<1xf32>) -> tensor<f32> attributes {
    dl.entry,
    dl.inputs = [dense<[-200.0]> : tensor<1xf32>, dense<[1.0]> : tensor<1xf32>],
    dl.expect = [dense<200.0> : tensor<f32>],
    dl.ulps = 4 : i64} {
  %r = dl.bce_with_logits %x, %y : (tensor<1xf32>, tensor<1xf32>) -> tensor<f32>
  return %r : tensor<f32>
}
