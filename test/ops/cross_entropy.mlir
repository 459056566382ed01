// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @mean_of_rows(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %y: tensor<?xui8> {dl.dims = ["n"]}) -> tensor<f32> attributes {
    dl.entry,
    dl.inputs = [dense<[[0.0, 0.0], [1000.0, 0.0]]> : tensor<2x2xf32>, dense<[1, 0]> : tensor<2xui8>],
    dl.expect = [dense<0.34657359027997264> : tensor<f32>],
    dl.ulps = 4 : i64} {
  %r = dl.cross_entropy %x, %y : (tensor<?x2xf32>, tensor<?xui8>) -> tensor<f32>
  return %r : tensor<f32>
}

func.func @sum_of_rows(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %y: tensor<?xi64> {dl.dims = ["n"]}) -> tensor<f32> attributes {
    dl.entry,
    dl.inputs = [dense<[[0.0, 0.0], [1000.0, 0.0]]> : tensor<2x2xf32>, dense<[1, 1]> : tensor<2xi64>],
    dl.expect = [dense<1000.6931471805599> : tensor<f32>],
    dl.ulps = 4 : i64} {
  %r = dl.cross_entropy %x, %y {sum} : (tensor<?x2xf32>, tensor<?xi64>) -> tensor<f32>
  return %r : tensor<f32>
}
