// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @not_training(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<i1>, %z: tensor<i64>, %w: tensor<i64>) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0, 3.0, 0x7FC00000]> : tensor<4xf32>, dense<false> : tensor<i1>, dense<0> : tensor<i64>, dense<0> : tensor<i64>],
    dl.expect = [dense<[1.0, 2.0, 3.0, 0x7FC00000]> : tensor<4xf32>]} {
  %r = dl.dropout %x, %y, %z, %w {rate = 0.5 : f64, stream = 0 : i64} : (tensor<?xf32>, tensor<i1>, tensor<i64>, tensor<i64>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// uniform is 0.40, 0.88, 0.74, 0.61.
func.func @training(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<i1>, %z: tensor<i64>, %w: tensor<i64>) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>, dense<true> : tensor<i1>, dense<0> : tensor<i64>, dense<0> : tensor<i64>],
    dl.expect = [dense<[0.0, 4.0, 6.0, 8.0]> : tensor<4xf32>]} {
  %r = dl.dropout %x, %y, %z, %w {rate = 0.5 : f64, stream = 0 : i64} : (tensor<?xf32>, tensor<i1>, tensor<i64>, tensor<i64>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
