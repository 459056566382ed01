// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @overlaps_add(%x: tensor<?x1x2xf32> {dl.dims = ["n", 1, 2]}) -> tensor<?x1x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[10.0, 20.0]]]> : tensor<1x1x2xf32>],
    dl.expect = [dense<[[[10.0, 30.0, 20.0]]]> : tensor<1x1x3xf32>]} {
  %r = dl.sum_pool_grad %x {dims = ["n", 1, 3], window = array<i64: 2>, strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<?x1x2xf32>) -> tensor<?x1x3xf32>
  return %r : tensor<?x1x3xf32>
}

func.func @elements_in_no_window(%x: tensor<1x1x1xf32>) -> tensor<1x1x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[10.0]]]> : tensor<1x1x1xf32>],
    dl.expect = [dense<[[[10.0, 10.0, 0.0]]]> : tensor<1x1x3xf32>]} {
  %r = dl.sum_pool_grad %x {dims = [1, 1, 3], window = array<i64: 2>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<1x1x1xf32>) -> tensor<1x1x3xf32>
  return %r : tensor<1x1x3xf32>
}
