// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @mean_of_rows(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %y: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<f32> attributes {
    dl.entry,
    dl.inputs = [dense<[[0.0, 0.0], [0.0, 0.0]]> : tensor<2x2xf32>, dense<[[1.0, 0.0], [0.5, 0.5]]> : tensor<2x2xf32>],
    dl.expect = [dense<0.6931471805599453> : tensor<f32>],
    dl.ulps = 4 : i64} {
  %r = dl.cross_entropy_dense %x, %y : (tensor<?x2xf32>, tensor<?x2xf32>) -> tensor<f32>
  return %r : tensor<f32>
}
