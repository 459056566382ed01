// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @first_of_equals(%x: tensor<1x1x4xf32>, %y: tensor<1x1x2xf32>) -> tensor<1x1x4xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[2.0, 2.0, 1.0, 3.0]]]> : tensor<1x1x4xf32>, dense<[[[10.0, 20.0]]]> : tensor<1x1x2xf32>],
    dl.expect = [dense<[[[10.0, 0.0, 0.0, 20.0]]]> : tensor<1x1x4xf32>]} {
  %r = dl.max_pool_grad %x, %y {window = array<i64: 2>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x4xf32>
  return %r : tensor<1x1x4xf32>
}

func.func @overlaps_add(%x: tensor<?x1x3xf32> {dl.dims = ["n", 1, 3]}, %y: tensor<?x1x2xf32> {dl.dims = ["n", 1, 2]}) -> tensor<?x1x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 5.0, 2.0]]]> : tensor<1x1x3xf32>, dense<[[[10.0, 20.0]]]> : tensor<1x1x2xf32>],
    dl.expect = [dense<[[[0.0, 30.0, 0.0]]]> : tensor<1x1x3xf32>]} {
  %r = dl.max_pool_grad %x, %y {window = array<i64: 2>, strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<?x1x3xf32>, tensor<?x1x2xf32>) -> tensor<?x1x3xf32>
  return %r : tensor<?x1x3xf32>
}

func.func @nan_takes_it(%x: tensor<1x1x2xf32>, %y: tensor<1x1x1xf32>) -> tensor<1x1x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[9.0, 0x7FC00000]]]> : tensor<1x1x2xf32>, dense<[[[10.0]]]> : tensor<1x1x1xf32>],
    dl.expect = [dense<[[[0.0, 10.0]]]> : tensor<1x1x2xf32>]} {
  %r = dl.max_pool_grad %x, %y {window = array<i64: 2>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<1x1x2xf32>, tensor<1x1x1xf32>) -> tensor<1x1x2xf32>
  return %r : tensor<1x1x2xf32>
}
