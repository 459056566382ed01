// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Padding is multiplied, what lies beyond the cotangent is not: NaN where the
// definition has it, and nowhere else.
// RUN: dlc-verify --special --seed 1 %s
// RUN: dlc-verify --special --seed 2 %s
func.func @forward(%x: tensor<1x1x6x6xf32>, %y: tensor<5x1x3x3xf32>) -> tensor<1x5x6x6xf32> attributes {dl.entry} {
  %r = dl.conv %x, %y {strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<1x1x6x6xf32>, tensor<5x1x3x3xf32>) -> tensor<1x5x6x6xf32>
  return %r : tensor<1x5x6x6xf32>
}
func.func @towards_filter(%x: tensor<1x2x6x6xf32>, %y: tensor<1x5x6x6xf32>) -> tensor<5x2x3x3xf32> attributes {dl.entry} {
  %r = dl.conv_filter_grad %x, %y {dims = [5, 2, 3, 3], strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<1x2x6x6xf32>, tensor<1x5x6x6xf32>) -> tensor<5x2x3x3xf32>
  return %r : tensor<5x2x3x3xf32>
}
func.func @towards_input(%x: tensor<1x2x5x7xf32>, %y: tensor<2x1x3x3xf32>) -> tensor<1x1x5x7xf32> attributes {dl.entry} {
  %r = dl.conv_input_grad %x, %y {dims = [1, 1, 5, 7], strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<1x2x5x7xf32>, tensor<2x1x3x3xf32>) -> tensor<1x1x5x7xf32>
  return %r : tensor<1x1x5x7xf32>
}
func.func @many_columns(%x: tensor<1x1x2x3xf32>, %y: tensor<1x40x3x3xf32>) -> tensor<1x40x2x3xf32> attributes {dl.entry} {
  %r = dl.conv_input_grad %x, %y {dims = [1, 40, 2, 3], strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<1x1x2x3xf32>, tensor<1x40x3x3xf32>) -> tensor<1x40x2x3xf32>
  return %r : tensor<1x40x2x3xf32>
}
func.func @two_phases(%x: tensor<2x1x5xf32>, %y: tensor<1x3x3xf32>) -> tensor<2x3x9xf32> attributes {dl.entry} {
  %r = dl.conv_input_grad %x, %y {dims = [2, 3, 9], strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>, dilations = array<i64: 1>} : (tensor<2x1x5xf32>, tensor<1x3x3xf32>) -> tensor<2x3x9xf32>
  return %r : tensor<2x3x9xf32>
}
func.func @zeros_between(%x: tensor<1x1x3x3xf32>, %y: tensor<1x2x3x3xf32>) -> tensor<1x2x7x8xf32> attributes {dl.entry} {
  %r = dl.conv_input_grad %x, %y {dims = [1, 2, 7, 8], strides = array<i64: 3, 3>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<1x1x3x3xf32>, tensor<1x2x3x3xf32>) -> tensor<1x2x7x8xf32>
  return %r : tensor<1x2x7x8xf32>
}
func.func @dilated(%x: tensor<1x1x6x5xf32>, %y: tensor<1x2x2x2xf32>) -> tensor<1x2x6x5xf32> attributes {dl.entry} {
  %r = dl.conv_input_grad %x, %y {dims = [1, 2, 6, 5], strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 2, 2>} : (tensor<1x1x6x5xf32>, tensor<1x2x2x2xf32>) -> tensor<1x2x6x5xf32>
  return %r : tensor<1x2x6x5xf32>
}
func.func @grouped(%x: tensor<1x2x5x5xf32>, %y: tensor<2x2x3x3xf32>) -> tensor<1x4x5x5xf32> attributes {dl.entry} {
  %r = dl.conv_input_grad %x, %y {dims = [1, 4, 5, 5], strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>, groups = 2 : i64} : (tensor<1x2x5x5xf32>, tensor<2x2x3x3xf32>) -> tensor<1x4x5x5xf32>
  return %r : tensor<1x4x5x5xf32>
}
func.func @depthwise(%x: tensor<1x5x3x3xf32>, %y: tensor<5x1x3x3xf32>) -> tensor<1x5x5x6xf32> attributes {dl.entry} {
  %r = dl.conv_input_grad %x, %y {dims = [1, 5, 5, 6], strides = array<i64: 2, 2>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>, groups = 5 : i64} : (tensor<1x5x3x3xf32>, tensor<5x1x3x3xf32>) -> tensor<1x5x5x6xf32>
  return %r : tensor<1x5x5x6xf32>
}
