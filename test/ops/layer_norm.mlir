// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// (1 - 2) / sqrt(1 + 3) 2 + 10.
func.func @rows(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %y: tensor<2xf32>, %z: tensor<2xf32>) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 3.0], [5.0, 5.0]]> : tensor<2x2xf32>, dense<[2.0, 2.0]> : tensor<2xf32>, dense<[10.0, 20.0]> : tensor<2xf32>],
    dl.expect = [dense<[[9.0, 21.0], [10.0, 20.0]]> : tensor<2x2xf32>],
    dl.ulps = 4 : i64} {
  %r = dl.layer_norm %x, %y, %z {axis = 1 : i64, epsilon = 3.0 : f64} : (tensor<?x2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}
