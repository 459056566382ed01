// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @one_axis(%x: tensor<?x1x3xf32> {dl.dims = ["n", 1, 3]}, %y: tensor<1x1x2xf32>) -> tensor<?x1x4xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0, 3.0]]]> : tensor<1x1x3xf32>, dense<[[[1.0, 10.0]]]> : tensor<1x1x2xf32>],
    dl.expect = [dense<[[[1.0, 12.0, 23.0, 30.0]]]> : tensor<1x1x4xf32>]} {
  %r = dl.conv_input_grad %x, %y {dims = ["n", 1, 4], strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>} : (tensor<?x1x3xf32>, tensor<1x1x2xf32>) -> tensor<?x1x4xf32>
  return %r : tensor<?x1x4xf32>
}

func.func @padded_and_strided(%x: tensor<1x1x2xf32>, %y: tensor<1x1x3xf32>) -> tensor<1x1x4xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32>, dense<[[[1.0, 10.0, 100.0]]]> : tensor<1x1x3xf32>],
    dl.expect = [dense<[[[10.0, 102.0, 20.0, 200.0]]]> : tensor<1x1x4xf32>]} {
  %r = dl.conv_input_grad %x, %y {dims = [1, 1, 4], strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>, dilations = array<i64: 1>} : (tensor<1x1x2xf32>, tensor<1x1x3xf32>) -> tensor<1x1x4xf32>
  return %r : tensor<1x1x4xf32>
}

func.func @grouped(%x: tensor<1x2x1xf32>, %y: tensor<2x1x1xf32>) -> tensor<1x2x1xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0], [2.0]]]> : tensor<1x2x1xf32>, dense<[[[10.0]], [[100.0]]]> : tensor<2x1x1xf32>],
    dl.expect = [dense<[[[10.0], [200.0]]]> : tensor<1x2x1xf32>]} {
  %r = dl.conv_input_grad %x, %y {dims = [1, 2, 1], strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>, groups = 2 : i64} : (tensor<1x2x1xf32>, tensor<2x1x1xf32>) -> tensor<1x2x1xf32>
  return %r : tensor<1x2x1xf32>
}

// An element's gradient has no term for windows that are not there.
func.func @infinity_beyond_the_cotangent(%x: tensor<1x1x2xf32>, %y: tensor<1x1x3xf32>) -> tensor<1x1x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32>, dense<[[[0x7F800000, 10.0, 100.0]]]> : tensor<1x1x3xf32>],
    dl.expect = [dense<[[[0x7F800000, 120.0]]]> : tensor<1x1x2xf32>]} {
  %r = dl.conv_input_grad %x, %y {dims = [1, 1, 2], strides = array<i64: 1>, low = array<i64: 1>, high = array<i64: 1>, dilations = array<i64: 1>} : (tensor<1x1x2xf32>, tensor<1x1x3xf32>) -> tensor<1x1x2xf32>
  return %r : tensor<1x1x2xf32>
}
