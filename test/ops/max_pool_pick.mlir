// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @first_of_equals(%x: tensor<1x1x4xf32>, %y: tensor<1x1x4xf32>) -> tensor<1x1x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[2.0, 2.0, 1.0, 3.0]]]> : tensor<1x1x4xf32>, dense<[[[10.0, 20.0, 30.0, 40.0]]]> : tensor<1x1x4xf32>],
    dl.expect = [dense<[[[10.0, 40.0]]]> : tensor<1x1x2xf32>]} {
  %r = dl.max_pool_pick %x, %y {window = array<i64: 2>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x2xf32>
  return %r : tensor<1x1x2xf32>
}

func.func @overlapping(%x: tensor<?x1x3xf64> {dl.dims = ["n", 1, 3]}, %y: tensor<?x1x3xf64> {dl.dims = ["n", 1, 3]}) -> tensor<?x1x2xf64> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 5.0, 2.0]]]> : tensor<1x1x3xf64>, dense<[[[10.0, 20.0, 30.0]]]> : tensor<1x1x3xf64>],
    dl.expect = [dense<[[[20.0, 20.0]]]> : tensor<1x1x2xf64>]} {
  %r = dl.max_pool_pick %x, %y {window = array<i64: 2>, strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<?x1x3xf64>, tensor<?x1x3xf64>) -> tensor<?x1x2xf64>
  return %r : tensor<?x1x2xf64>
}
