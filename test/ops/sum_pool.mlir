// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @windows(%x: tensor<?x1x2x4xf32> {dl.dims = ["n", 1, 2, 4]}) -> tensor<?x1x1x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[[1.0, 2.0, 5.0, 3.0], [4.0, 0.0, 6.0, 7.0]]]]> : tensor<1x1x2x4xf32>],
    dl.expect = [dense<[[[[7.0, 21.0]]]]> : tensor<1x1x1x2xf32>]} {
  %r = dl.sum_pool %x {window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<?x1x2x4xf32>) -> tensor<?x1x1x2xf32>
  return %r : tensor<?x1x1x2xf32>
}

func.func @padding_is_zero(%x: tensor<1x1x3xf32>) -> tensor<1x1x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0, 4.0]]]> : tensor<1x1x3xf32>],
    dl.expect = [dense<[[[1.0, 6.0]]]> : tensor<1x1x2xf32>]} {
  %r = dl.sum_pool %x {window = array<i64: 2>, strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 0>} : (tensor<1x1x3xf32>) -> tensor<1x1x2xf32>
  return %r : tensor<1x1x2xf32>
}
