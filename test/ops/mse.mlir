// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @mean(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %y: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<f32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>, dense<[[1.0, 0.0], [0.0, 0.0]]> : tensor<2x2xf32>],
    dl.expect = [dense<7.25> : tensor<f32>]} {
  %r = dl.mse %x, %y : (tensor<?x2xf32>, tensor<?x2xf32>) -> tensor<f32>
  return %r : tensor<f32>
}

func.func @sum(%x: tensor<?x1xf64> {dl.dims = ["n", 1]}, %y: tensor<?x1xf64> {dl.dims = ["n", 1]}) -> tensor<f64> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0], [2.0]]> : tensor<2x1xf64>, dense<[[0.0], [0.0]]> : tensor<2x1xf64>],
    dl.expect = [dense<5.0> : tensor<f64>]} {
  %r = dl.mse %x, %y {sum} : (tensor<?x1xf64>, tensor<?x1xf64>) -> tensor<f64>
  return %r : tensor<f64>
}
