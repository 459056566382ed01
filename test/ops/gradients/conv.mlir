// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Convolution and its two gradients: each the others' gradient.

func.func @plain(%x: tensor<2x3x5x6xf64>, %w: tensor<4x3x3x2xf64>) -> tensor<2x4x3x5xf64> {
  %r0 = dl.conv %x, %w {strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>} : (tensor<2x3x5x6xf64>, tensor<4x3x3x2xf64>) -> tensor<2x4x3x5xf64>
  return %r0 : tensor<2x4x3x5xf64>
}

func.func @plain_input_grad(%dy: tensor<2x4x3x5xf64>, %w: tensor<4x3x3x2xf64>) -> tensor<2x3x5x6xf64> {
  %r0 = dl.conv_input_grad %dy, %w {dims = [2, 3, 5, 6], strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>} : (tensor<2x4x3x5xf64>, tensor<4x3x3x2xf64>) -> tensor<2x3x5x6xf64>
  return %r0 : tensor<2x3x5x6xf64>
}

func.func @plain_filter_grad(%x: tensor<2x3x5x6xf64>, %dy: tensor<2x4x3x5xf64>) -> tensor<4x3x3x2xf64> {
  %r0 = dl.conv_filter_grad %x, %dy {dims = [4, 3, 3, 2], strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>} : (tensor<2x3x5x6xf64>, tensor<2x4x3x5xf64>) -> tensor<4x3x3x2xf64>
  return %r0 : tensor<4x3x3x2xf64>
}

func.func @padded(%x: tensor<2x2x4x5xf64>, %w: tensor<3x2x3x3xf64>) -> tensor<2x3x4x5xf64> {
  %r0 = dl.conv %x, %w {strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<2x2x4x5xf64>, tensor<3x2x3x3xf64>) -> tensor<2x3x4x5xf64>
  return %r0 : tensor<2x3x4x5xf64>
}

func.func @padded_input_grad(%dy: tensor<2x3x4x5xf64>, %w: tensor<3x2x3x3xf64>) -> tensor<2x2x4x5xf64> {
  %r0 = dl.conv_input_grad %dy, %w {dims = [2, 2, 4, 5], strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<2x3x4x5xf64>, tensor<3x2x3x3xf64>) -> tensor<2x2x4x5xf64>
  return %r0 : tensor<2x2x4x5xf64>
}

func.func @padded_filter_grad(%x: tensor<2x2x4x5xf64>, %dy: tensor<2x3x4x5xf64>) -> tensor<3x2x3x3xf64> {
  %r0 = dl.conv_filter_grad %x, %dy {dims = [3, 2, 3, 3], strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<2x2x4x5xf64>, tensor<2x3x4x5xf64>) -> tensor<3x2x3x3xf64>
  return %r0 : tensor<3x2x3x3xf64>
}

func.func @strided(%x: tensor<1x2x7x6xf64>, %w: tensor<3x2x3x2xf64>) -> tensor<1x3x3x2xf64> {
  %r0 = dl.conv %x, %w {strides = array<i64: 2, 3>, low = array<i64: 1, 0>, high = array<i64: 0, 1>, dilations = array<i64: 1, 1>} : (tensor<1x2x7x6xf64>, tensor<3x2x3x2xf64>) -> tensor<1x3x3x2xf64>
  return %r0 : tensor<1x3x3x2xf64>
}

func.func @strided_input_grad(%dy: tensor<1x3x3x2xf64>, %w: tensor<3x2x3x2xf64>) -> tensor<1x2x7x6xf64> {
  %r0 = dl.conv_input_grad %dy, %w {dims = [1, 2, 7, 6], strides = array<i64: 2, 3>, low = array<i64: 1, 0>, high = array<i64: 0, 1>, dilations = array<i64: 1, 1>} : (tensor<1x3x3x2xf64>, tensor<3x2x3x2xf64>) -> tensor<1x2x7x6xf64>
  return %r0 : tensor<1x2x7x6xf64>
}

func.func @strided_filter_grad(%x: tensor<1x2x7x6xf64>, %dy: tensor<1x3x3x2xf64>) -> tensor<3x2x3x2xf64> {
  %r0 = dl.conv_filter_grad %x, %dy {dims = [3, 2, 3, 2], strides = array<i64: 2, 3>, low = array<i64: 1, 0>, high = array<i64: 0, 1>, dilations = array<i64: 1, 1>} : (tensor<1x2x7x6xf64>, tensor<1x3x3x2xf64>) -> tensor<3x2x3x2xf64>
  return %r0 : tensor<3x2x3x2xf64>
}

func.func @dilated(%x: tensor<1x2x7x7xf64>, %w: tensor<3x2x2x3xf64>) -> tensor<1x3x6x2xf64> {
  %r0 = dl.conv %x, %w {strides = array<i64: 1, 1>, low = array<i64: 0, 1>, high = array<i64: 1, 0>, dilations = array<i64: 2, 3>} : (tensor<1x2x7x7xf64>, tensor<3x2x2x3xf64>) -> tensor<1x3x6x2xf64>
  return %r0 : tensor<1x3x6x2xf64>
}

func.func @dilated_input_grad(%dy: tensor<1x3x6x2xf64>, %w: tensor<3x2x2x3xf64>) -> tensor<1x2x7x7xf64> {
  %r0 = dl.conv_input_grad %dy, %w {dims = [1, 2, 7, 7], strides = array<i64: 1, 1>, low = array<i64: 0, 1>, high = array<i64: 1, 0>, dilations = array<i64: 2, 3>} : (tensor<1x3x6x2xf64>, tensor<3x2x2x3xf64>) -> tensor<1x2x7x7xf64>
  return %r0 : tensor<1x2x7x7xf64>
}

func.func @dilated_filter_grad(%x: tensor<1x2x7x7xf64>, %dy: tensor<1x3x6x2xf64>) -> tensor<3x2x2x3xf64> {
  %r0 = dl.conv_filter_grad %x, %dy {dims = [3, 2, 2, 3], strides = array<i64: 1, 1>, low = array<i64: 0, 1>, high = array<i64: 1, 0>, dilations = array<i64: 2, 3>} : (tensor<1x2x7x7xf64>, tensor<1x3x6x2xf64>) -> tensor<3x2x2x3xf64>
  return %r0 : tensor<3x2x2x3xf64>
}

func.func @strided_and_dilated_leaves_rest(%x: tensor<1x1x8x8xf64>, %w: tensor<2x1x2x2xf64>) -> tensor<1x2x2x3xf64> {
  %r0 = dl.conv %x, %w {strides = array<i64: 3, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 2, 3>} : (tensor<1x1x8x8xf64>, tensor<2x1x2x2xf64>) -> tensor<1x2x2x3xf64>
  return %r0 : tensor<1x2x2x3xf64>
}

func.func @strided_and_dilated_leaves_rest_input_grad(%dy: tensor<1x2x2x3xf64>, %w: tensor<2x1x2x2xf64>) -> tensor<1x1x8x8xf64> {
  %r0 = dl.conv_input_grad %dy, %w {dims = [1, 1, 8, 8], strides = array<i64: 3, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 2, 3>} : (tensor<1x2x2x3xf64>, tensor<2x1x2x2xf64>) -> tensor<1x1x8x8xf64>
  return %r0 : tensor<1x1x8x8xf64>
}

func.func @strided_and_dilated_leaves_rest_filter_grad(%x: tensor<1x1x8x8xf64>, %dy: tensor<1x2x2x3xf64>) -> tensor<2x1x2x2xf64> {
  %r0 = dl.conv_filter_grad %x, %dy {dims = [2, 1, 2, 2], strides = array<i64: 3, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 2, 3>} : (tensor<1x1x8x8xf64>, tensor<1x2x2x3xf64>) -> tensor<2x1x2x2xf64>
  return %r0 : tensor<2x1x2x2xf64>
}

func.func @grouped(%x: tensor<2x4x4x4xf64>, %w: tensor<6x2x2x2xf64>) -> tensor<2x6x4x4xf64> {
  %r0 = dl.conv %x, %w {strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>, groups = 2 : i64} : (tensor<2x4x4x4xf64>, tensor<6x2x2x2xf64>) -> tensor<2x6x4x4xf64>
  return %r0 : tensor<2x6x4x4xf64>
}

func.func @grouped_input_grad(%dy: tensor<2x6x4x4xf64>, %w: tensor<6x2x2x2xf64>) -> tensor<2x4x4x4xf64> {
  %r0 = dl.conv_input_grad %dy, %w {dims = [2, 4, 4, 4], strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>, groups = 2 : i64} : (tensor<2x6x4x4xf64>, tensor<6x2x2x2xf64>) -> tensor<2x4x4x4xf64>
  return %r0 : tensor<2x4x4x4xf64>
}

func.func @grouped_filter_grad(%x: tensor<2x4x4x4xf64>, %dy: tensor<2x6x4x4xf64>) -> tensor<6x2x2x2xf64> {
  %r0 = dl.conv_filter_grad %x, %dy {dims = [6, 2, 2, 2], strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>, groups = 2 : i64} : (tensor<2x4x4x4xf64>, tensor<2x6x4x4xf64>) -> tensor<6x2x2x2xf64>
  return %r0 : tensor<6x2x2x2xf64>
}

func.func @depthwise(%x: tensor<1x3x4x4xf64>, %w: tensor<6x1x3x3xf64>) -> tensor<1x6x4x2xf64> {
  %r0 = dl.conv %x, %w {strides = array<i64: 1, 2>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>, groups = 3 : i64} : (tensor<1x3x4x4xf64>, tensor<6x1x3x3xf64>) -> tensor<1x6x4x2xf64>
  return %r0 : tensor<1x6x4x2xf64>
}

func.func @depthwise_input_grad(%dy: tensor<1x6x4x2xf64>, %w: tensor<6x1x3x3xf64>) -> tensor<1x3x4x4xf64> {
  %r0 = dl.conv_input_grad %dy, %w {dims = [1, 3, 4, 4], strides = array<i64: 1, 2>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>, groups = 3 : i64} : (tensor<1x6x4x2xf64>, tensor<6x1x3x3xf64>) -> tensor<1x3x4x4xf64>
  return %r0 : tensor<1x3x4x4xf64>
}

func.func @depthwise_filter_grad(%x: tensor<1x3x4x4xf64>, %dy: tensor<1x6x4x2xf64>) -> tensor<6x1x3x3xf64> {
  %r0 = dl.conv_filter_grad %x, %dy {dims = [6, 1, 3, 3], strides = array<i64: 1, 2>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>, groups = 3 : i64} : (tensor<1x3x4x4xf64>, tensor<1x6x4x2xf64>) -> tensor<6x1x3x3xf64>
  return %r0 : tensor<6x1x3x3xf64>
}

func.func @one_axis(%x: tensor<2x3x7xf64>, %w: tensor<4x3x3xf64>) -> tensor<2x4x4xf64> {
  %r0 = dl.conv %x, %w {strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>, dilations = array<i64: 1>} : (tensor<2x3x7xf64>, tensor<4x3x3xf64>) -> tensor<2x4x4xf64>
  return %r0 : tensor<2x4x4xf64>
}

func.func @one_axis_input_grad(%dy: tensor<2x4x4xf64>, %w: tensor<4x3x3xf64>) -> tensor<2x3x7xf64> {
  %r0 = dl.conv_input_grad %dy, %w {dims = [2, 3, 7], strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>, dilations = array<i64: 1>} : (tensor<2x4x4xf64>, tensor<4x3x3xf64>) -> tensor<2x3x7xf64>
  return %r0 : tensor<2x3x7xf64>
}

func.func @one_axis_filter_grad(%x: tensor<2x3x7xf64>, %dy: tensor<2x4x4xf64>) -> tensor<4x3x3xf64> {
  %r0 = dl.conv_filter_grad %x, %dy {dims = [4, 3, 3], strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>, dilations = array<i64: 1>} : (tensor<2x3x7xf64>, tensor<2x4x4xf64>) -> tensor<4x3x3xf64>
  return %r0 : tensor<4x3x3xf64>
}

func.func @three_axes(%x: tensor<1x2x3x4x3xf64>, %w: tensor<2x2x2x2x2xf64>) -> tensor<1x2x2x4x3xf64> {
  %r0 = dl.conv %x, %w {strides = array<i64: 1, 1, 1>, low = array<i64: 0, 1, 0>, high = array<i64: 0, 0, 1>, dilations = array<i64: 1, 1, 1>} : (tensor<1x2x3x4x3xf64>, tensor<2x2x2x2x2xf64>) -> tensor<1x2x2x4x3xf64>
  return %r0 : tensor<1x2x2x4x3xf64>
}

func.func @three_axes_input_grad(%dy: tensor<1x2x2x4x3xf64>, %w: tensor<2x2x2x2x2xf64>) -> tensor<1x2x3x4x3xf64> {
  %r0 = dl.conv_input_grad %dy, %w {dims = [1, 2, 3, 4, 3], strides = array<i64: 1, 1, 1>, low = array<i64: 0, 1, 0>, high = array<i64: 0, 0, 1>, dilations = array<i64: 1, 1, 1>} : (tensor<1x2x2x4x3xf64>, tensor<2x2x2x2x2xf64>) -> tensor<1x2x3x4x3xf64>
  return %r0 : tensor<1x2x3x4x3xf64>
}

func.func @three_axes_filter_grad(%x: tensor<1x2x3x4x3xf64>, %dy: tensor<1x2x2x4x3xf64>) -> tensor<2x2x2x2x2xf64> {
  %r0 = dl.conv_filter_grad %x, %dy {dims = [2, 2, 2, 2, 2], strides = array<i64: 1, 1, 1>, low = array<i64: 0, 1, 0>, high = array<i64: 0, 0, 1>, dilations = array<i64: 1, 1, 1>} : (tensor<1x2x3x4x3xf64>, tensor<1x2x2x4x3xf64>) -> tensor<2x2x2x2x2xf64>
  return %r0 : tensor<2x2x2x2x2xf64>
}

func.func @dynamic_batch(%x: tensor<?x2x4x4xf64> {dl.dims = ["n", 2, 4, 4]}, %w: tensor<3x2x3x3xf64>) -> tensor<?x3x4x4xf64> {
  %r0 = dl.conv %x, %w {strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<?x2x4x4xf64>, tensor<3x2x3x3xf64>) -> tensor<?x3x4x4xf64>
  return %r0 : tensor<?x3x4x4xf64>
}

func.func @dynamic_width(%x: tensor<?x2x4x?xf64> {dl.dims = ["n", 2, 4, "w"]}, %w: tensor<3x2x2x2xf64>) -> tensor<?x3x2x?xf64> {
  %r0 = dl.conv %x, %w {strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>} : (tensor<?x2x4x?xf64>, tensor<3x2x2x2xf64>) -> tensor<?x3x2x?xf64>
  return %r0 : tensor<?x3x2x?xf64>
}
