// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @unknown(%x: tensor<?x4xf32> {dl.dims = ["n", 4]}) -> tensor<i64> attributes {
    dl.entry,
    dl.inputs = [dense<[[0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]]> : tensor<5x4xf32>],
    dl.expect = [dense<5> : tensor<i64>]} {
  %r = dl.dim %x {axis = 0 : i64} : (tensor<?x4xf32>) -> tensor<i64>
  return %r : tensor<i64>
}

func.func @known(%x: tensor<?x4xui8> {dl.dims = ["n", 4]}) -> tensor<i64> attributes {
    dl.entry,
    dl.inputs = [dense<[[1, 1, 1, 1]]> : tensor<1x4xui8>],
    dl.expect = [dense<4> : tensor<i64>]} {
  %r = dl.dim %x {axis = 1 : i64} : (tensor<?x4xui8>) -> tensor<i64>
  return %r : tensor<i64>
}
