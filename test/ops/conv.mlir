// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// The filter is not flipped.
func.func @one_axis(%x: tensor<?x1x4xf32> {dl.dims = ["n", 1, 4]}, %y: tensor<1x1x2xf32>) -> tensor<?x1x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0, 3.0, 4.0]]]> : tensor<1x1x4xf32>, dense<[[[1.0, 10.0]]]> : tensor<1x1x2xf32>],
    dl.expect = [dense<[[[21.0, 32.0, 43.0]]]> : tensor<1x1x3xf32>]} {
  %r = dl.conv %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>} : (tensor<?x1x4xf32>, tensor<1x1x2xf32>) -> tensor<?x1x3xf32>
  return %r : tensor<?x1x3xf32>
}

func.func @padded_and_strided(%x: tensor<1x1x4xf32>, %y: tensor<1x1x3xf32>) -> tensor<1x1x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0, 3.0, 4.0]]]> : tensor<1x1x4xf32>, dense<[[[1.0, 10.0, 100.0]]]> : tensor<1x1x3xf32>],
    dl.expect = [dense<[[[210.0, 432.0]]]> : tensor<1x1x2xf32>]} {
  %r = dl.conv %x, %y {strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>, dilations = array<i64: 1>} : (tensor<1x1x4xf32>, tensor<1x1x3xf32>) -> tensor<1x1x2xf32>
  return %r : tensor<1x1x2xf32>
}

func.func @dilated(%x: tensor<1x1x3xf64>, %y: tensor<1x1x2xf64>) -> tensor<1x1x1xf64> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0, 3.0]]]> : tensor<1x1x3xf64>, dense<[[[1.0, 10.0]]]> : tensor<1x1x2xf64>],
    dl.expect = [dense<[[[31.0]]]> : tensor<1x1x1xf64>]} {
  %r = dl.conv %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 2>} : (tensor<1x1x3xf64>, tensor<1x1x2xf64>) -> tensor<1x1x1xf64>
  return %r : tensor<1x1x1xf64>
}

func.func @grouped(%x: tensor<1x2x1xf32>, %y: tensor<2x1x1xf32>) -> tensor<1x2x1xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0], [2.0]]]> : tensor<1x2x1xf32>, dense<[[[10.0]], [[100.0]]]> : tensor<2x1x1xf32>],
    dl.expect = [dense<[[[10.0], [200.0]]]> : tensor<1x2x1xf32>]} {
  %r = dl.conv %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>, groups = 2 : i64} : (tensor<1x2x1xf32>, tensor<2x1x1xf32>) -> tensor<1x2x1xf32>
  return %r : tensor<1x2x1xf32>
}

func.func @channels_sum(%x: tensor<1x2x1x1xf32>, %y: tensor<1x2x1x1xf32>) -> tensor<1x1x1x1xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[[1.0]], [[2.0]]]]> : tensor<1x2x1x1xf32>, dense<[[[[10.0]], [[100.0]]]]> : tensor<1x2x1x1xf32>],
    dl.expect = [dense<[[[[210.0]]]]> : tensor<1x1x1x1xf32>]} {
  %r = dl.conv %x, %y {strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>} : (tensor<1x2x1x1xf32>, tensor<1x2x1x1xf32>) -> tensor<1x1x1x1xf32>
  return %r : tensor<1x1x1x1xf32>
}

func.func @channels_last(%x: tensor<1x2x2xf32>, %y: tensor<1x2x1xf32>) -> tensor<1x2x1xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0], [3.0, 4.0]]]> : tensor<1x2x2xf32>, dense<[[[1.0], [10.0]]]> : tensor<1x2x1xf32>],
    dl.expect = [dense<[[[21.0], [43.0]]]> : tensor<1x2x1xf32>]} {
  %r = dl.conv %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>, channels_last} : (tensor<1x2x2xf32>, tensor<1x2x1xf32>) -> tensor<1x2x1xf32>
  return %r : tensor<1x2x1xf32>
}

func.func @empty_batch(%x: tensor<?x1x4xf32> {dl.dims = ["n", 1, 4]}, %y: tensor<1x1x2xf32>) -> tensor<?x1x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x1x4xf32>, dense<[[[1.0, 10.0]]]> : tensor<1x1x2xf32>],
    dl.expect = [dense<> : tensor<0x1x3xf32>]} {
  %r = dl.conv %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>} : (tensor<?x1x4xf32>, tensor<1x1x2xf32>) -> tensor<?x1x3xf32>
  return %r : tensor<?x1x3xf32>
}

// Padding is zeros that are multiplied (C5).
func.func @padding_times_infinity(%x: tensor<1x1x2xf32>, %y: tensor<1x1x3xf32>) -> tensor<1x1x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32>, dense<[[[0x7F800000, 10.0, 100.0]]]> : tensor<1x1x3xf32>],
    dl.expect = [dense<[[[0x7FC00000, 0x7F800000]]]> : tensor<1x1x2xf32>]} {
  %r = dl.conv %x, %y {strides = array<i64: 1>, low = array<i64: 1>, high = array<i64: 1>, dilations = array<i64: 1>} : (tensor<1x1x2xf32>, tensor<1x1x3xf32>) -> tensor<1x1x2xf32>
  return %r : tensor<1x1x2xf32>
}
