// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// (3 - 1) / sqrt(3 + 1) 2 + 10.
func.func @channels(%x: tensor<?x2x1xf32> {dl.dims = ["n", 2, 1]}, %y: tensor<2xf32>, %z: tensor<2xf32>, %w: tensor<2xf32>, %u: tensor<2xf32>) -> tensor<?x2x1xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[3.0], [5.0]]]> : tensor<1x2x1xf32>, dense<[2.0, 1.0]> : tensor<2xf32>, dense<[10.0, 20.0]> : tensor<2xf32>, dense<[1.0, 5.0]> : tensor<2xf32>, dense<[3.0, 1.0]> : tensor<2xf32>],
    dl.expect = [dense<[[[12.0], [20.0]]]> : tensor<1x2x1xf32>],
    dl.ulps = 4 : i64} {
  %r = dl.batch_norm %x, %y, %z, %w, %u {epsilon = 1.0 : f64} : (tensor<?x2x1xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<?x2x1xf32>
  return %r : tensor<?x2x1xf32>
}
