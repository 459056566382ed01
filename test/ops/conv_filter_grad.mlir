// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// w[k] = sum over n, p of x[n, p + k] y[n, p]: 1 + 20 + 1, 2 + 30.
func.func @one_axis(%x: tensor<?x1x3xf32> {dl.dims = ["n", 1, 3]}, %y: tensor<?x1x2xf32> {dl.dims = ["n", 1, 2]}) -> tensor<1x1x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0, 3.0]], [[1.0, 0.0, 0.0]]]> : tensor<2x1x3xf32>, dense<[[[1.0, 10.0]], [[1.0, 1.0]]]> : tensor<2x1x2xf32>],
    dl.expect = [dense<[[[22.0, 32.0]]]> : tensor<1x1x2xf32>]} {
  %r = dl.conv_filter_grad %x, %y {dims = [1, 1, 2], strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>} : (tensor<?x1x3xf32>, tensor<?x1x2xf32>) -> tensor<1x1x2xf32>
  return %r : tensor<1x1x2xf32>
}

func.func @padded_and_strided(%x: tensor<1x1x4xf32>, %y: tensor<1x1x2xf32>) -> tensor<1x1x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0, 3.0, 4.0]]]> : tensor<1x1x4xf32>, dense<[[[1.0, 10.0]]]> : tensor<1x1x2xf32>],
    dl.expect = [dense<[[[20.0, 31.0, 42.0]]]> : tensor<1x1x3xf32>]} {
  %r = dl.conv_filter_grad %x, %y {dims = [1, 1, 3], strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>, dilations = array<i64: 1>} : (tensor<1x1x4xf32>, tensor<1x1x2xf32>) -> tensor<1x1x3xf32>
  return %r : tensor<1x1x3xf32>
}

func.func @empty_batch(%x: tensor<?x1x3xf32> {dl.dims = ["n", 1, 3]}, %y: tensor<?x1x2xf32> {dl.dims = ["n", 1, 2]}) -> tensor<1x1x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x1x3xf32>, dense<> : tensor<0x1x2xf32>],
    dl.expect = [dense<[[[0.0, 0.0]]]> : tensor<1x1x2xf32>]} {
  %r = dl.conv_filter_grad %x, %y {dims = [1, 1, 2], strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>} : (tensor<?x1x3xf32>, tensor<?x1x2xf32>) -> tensor<1x1x2xf32>
  return %r : tensor<1x1x2xf32>
}

// Padding is zeros that are multiplied, here by the cotangent (conv's C5).
func.func @padding_times_infinity(%x: tensor<1x1x2xf32>, %y: tensor<1x1x2xf32>) -> tensor<1x1x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32>, dense<[[[0x7F800000, 10.0]]]> : tensor<1x1x2xf32>],
    dl.expect = [dense<[[[0x7FC00000, 0x7F800000, 0x7F800000]]]> : tensor<1x1x3xf32>]} {
  %r = dl.conv_filter_grad %x, %y {dims = [1, 1, 3], strides = array<i64: 1>, low = array<i64: 1>, high = array<i64: 1>, dilations = array<i64: 1>} : (tensor<1x1x2xf32>, tensor<1x1x2xf32>) -> tensor<1x1x3xf32>
  return %r : tensor<1x1x3xf32>
}
