// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Pooling, and the gradients of its gradients.

func.func @max_pool_plain(%x: tensor<2x2x4x6xf64>) -> tensor<2x2x2x2xf64> {
  %r0 = dl.max_pool %x {window = array<i64: 2, 3>, strides = array<i64: 2, 3>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<2x2x4x6xf64>) -> tensor<2x2x2x2xf64>
  return %r0 : tensor<2x2x2x2xf64>
}

func.func @max_pool_grad_plain(%x: tensor<2x2x4x6xf64>, %dy: tensor<2x2x2x2xf64>) -> tensor<2x2x4x6xf64> {
  %r0 = dl.max_pool_grad %x, %dy {window = array<i64: 2, 3>, strides = array<i64: 2, 3>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<2x2x4x6xf64>, tensor<2x2x2x2xf64>) -> tensor<2x2x4x6xf64>
  return %r0 : tensor<2x2x4x6xf64>
}

func.func @max_pool_pick_plain(%x: tensor<2x2x4x6xf64>, %v: tensor<2x2x4x6xf64>) -> tensor<2x2x2x2xf64> {
  %r0 = dl.max_pool_pick %x, %v {window = array<i64: 2, 3>, strides = array<i64: 2, 3>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<2x2x4x6xf64>, tensor<2x2x4x6xf64>) -> tensor<2x2x2x2xf64>
  return %r0 : tensor<2x2x2x2xf64>
}

func.func @sum_pool_plain(%x: tensor<2x2x4x6xf64>) -> tensor<2x2x2x2xf64> {
  %r0 = dl.sum_pool %x {window = array<i64: 2, 3>, strides = array<i64: 2, 3>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<2x2x4x6xf64>) -> tensor<2x2x2x2xf64>
  return %r0 : tensor<2x2x2x2xf64>
}

func.func @sum_pool_grad_plain(%dy: tensor<2x2x2x2xf64>) -> tensor<2x2x4x6xf64> {
  %r0 = dl.sum_pool_grad %dy {dims = [2, 2, 4, 6], window = array<i64: 2, 3>, strides = array<i64: 2, 3>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<2x2x2x2xf64>) -> tensor<2x2x4x6xf64>
  return %r0 : tensor<2x2x4x6xf64>
}

func.func @avg_pool_plain(%x: tensor<2x2x4x6xf64>) -> tensor<2x2x2x2xf64> {
  %r0 = dl.avg_pool %x {window = array<i64: 2, 3>, strides = array<i64: 2, 3>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<2x2x4x6xf64>) -> tensor<2x2x2x2xf64>
  return %r0 : tensor<2x2x2x2xf64>
}

func.func @avg_pool_count_padding_plain(%x: tensor<2x2x4x6xf64>) -> tensor<2x2x2x2xf64> {
  %r0 = dl.avg_pool %x {window = array<i64: 2, 3>, strides = array<i64: 2, 3>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, count_padding} : (tensor<2x2x4x6xf64>) -> tensor<2x2x2x2xf64>
  return %r0 : tensor<2x2x2x2xf64>
}

func.func @max_pool_overlapping(%x: tensor<1x2x5x5xf64>) -> tensor<1x2x3x2xf64> {
  %r0 = dl.max_pool %x {window = array<i64: 3, 3>, strides = array<i64: 1, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<1x2x5x5xf64>) -> tensor<1x2x3x2xf64>
  return %r0 : tensor<1x2x3x2xf64>
}

func.func @max_pool_grad_overlapping(%x: tensor<1x2x5x5xf64>, %dy: tensor<1x2x3x2xf64>) -> tensor<1x2x5x5xf64> {
  %r0 = dl.max_pool_grad %x, %dy {window = array<i64: 3, 3>, strides = array<i64: 1, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<1x2x5x5xf64>, tensor<1x2x3x2xf64>) -> tensor<1x2x5x5xf64>
  return %r0 : tensor<1x2x5x5xf64>
}

func.func @max_pool_pick_overlapping(%x: tensor<1x2x5x5xf64>, %v: tensor<1x2x5x5xf64>) -> tensor<1x2x3x2xf64> {
  %r0 = dl.max_pool_pick %x, %v {window = array<i64: 3, 3>, strides = array<i64: 1, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<1x2x5x5xf64>, tensor<1x2x5x5xf64>) -> tensor<1x2x3x2xf64>
  return %r0 : tensor<1x2x3x2xf64>
}

func.func @sum_pool_overlapping(%x: tensor<1x2x5x5xf64>) -> tensor<1x2x3x2xf64> {
  %r0 = dl.sum_pool %x {window = array<i64: 3, 3>, strides = array<i64: 1, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<1x2x5x5xf64>) -> tensor<1x2x3x2xf64>
  return %r0 : tensor<1x2x3x2xf64>
}

func.func @sum_pool_grad_overlapping(%dy: tensor<1x2x3x2xf64>) -> tensor<1x2x5x5xf64> {
  %r0 = dl.sum_pool_grad %dy {dims = [1, 2, 5, 5], window = array<i64: 3, 3>, strides = array<i64: 1, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<1x2x3x2xf64>) -> tensor<1x2x5x5xf64>
  return %r0 : tensor<1x2x5x5xf64>
}

func.func @avg_pool_overlapping(%x: tensor<1x2x5x5xf64>) -> tensor<1x2x3x2xf64> {
  %r0 = dl.avg_pool %x {window = array<i64: 3, 3>, strides = array<i64: 1, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<1x2x5x5xf64>) -> tensor<1x2x3x2xf64>
  return %r0 : tensor<1x2x3x2xf64>
}

func.func @avg_pool_count_padding_overlapping(%x: tensor<1x2x5x5xf64>) -> tensor<1x2x3x2xf64> {
  %r0 = dl.avg_pool %x {window = array<i64: 3, 3>, strides = array<i64: 1, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, count_padding} : (tensor<1x2x5x5xf64>) -> tensor<1x2x3x2xf64>
  return %r0 : tensor<1x2x3x2xf64>
}

func.func @max_pool_padded(%x: tensor<1x2x5x4xf64>) -> tensor<1x2x3x2xf64> {
  %r0 = dl.max_pool %x {window = array<i64: 3, 2>, strides = array<i64: 2, 2>, low = array<i64: 1, 1>, high = array<i64: 2, 0>} : (tensor<1x2x5x4xf64>) -> tensor<1x2x3x2xf64>
  return %r0 : tensor<1x2x3x2xf64>
}

func.func @max_pool_grad_padded(%x: tensor<1x2x5x4xf64>, %dy: tensor<1x2x3x2xf64>) -> tensor<1x2x5x4xf64> {
  %r0 = dl.max_pool_grad %x, %dy {window = array<i64: 3, 2>, strides = array<i64: 2, 2>, low = array<i64: 1, 1>, high = array<i64: 2, 0>} : (tensor<1x2x5x4xf64>, tensor<1x2x3x2xf64>) -> tensor<1x2x5x4xf64>
  return %r0 : tensor<1x2x5x4xf64>
}

func.func @max_pool_pick_padded(%x: tensor<1x2x5x4xf64>, %v: tensor<1x2x5x4xf64>) -> tensor<1x2x3x2xf64> {
  %r0 = dl.max_pool_pick %x, %v {window = array<i64: 3, 2>, strides = array<i64: 2, 2>, low = array<i64: 1, 1>, high = array<i64: 2, 0>} : (tensor<1x2x5x4xf64>, tensor<1x2x5x4xf64>) -> tensor<1x2x3x2xf64>
  return %r0 : tensor<1x2x3x2xf64>
}

func.func @sum_pool_padded(%x: tensor<1x2x5x4xf64>) -> tensor<1x2x3x2xf64> {
  %r0 = dl.sum_pool %x {window = array<i64: 3, 2>, strides = array<i64: 2, 2>, low = array<i64: 1, 1>, high = array<i64: 2, 0>} : (tensor<1x2x5x4xf64>) -> tensor<1x2x3x2xf64>
  return %r0 : tensor<1x2x3x2xf64>
}

func.func @sum_pool_grad_padded(%dy: tensor<1x2x3x2xf64>) -> tensor<1x2x5x4xf64> {
  %r0 = dl.sum_pool_grad %dy {dims = [1, 2, 5, 4], window = array<i64: 3, 2>, strides = array<i64: 2, 2>, low = array<i64: 1, 1>, high = array<i64: 2, 0>} : (tensor<1x2x3x2xf64>) -> tensor<1x2x5x4xf64>
  return %r0 : tensor<1x2x5x4xf64>
}

func.func @avg_pool_padded(%x: tensor<1x2x5x4xf64>) -> tensor<1x2x3x2xf64> {
  %r0 = dl.avg_pool %x {window = array<i64: 3, 2>, strides = array<i64: 2, 2>, low = array<i64: 1, 1>, high = array<i64: 2, 0>} : (tensor<1x2x5x4xf64>) -> tensor<1x2x3x2xf64>
  return %r0 : tensor<1x2x3x2xf64>
}

func.func @avg_pool_count_padding_padded(%x: tensor<1x2x5x4xf64>) -> tensor<1x2x3x2xf64> {
  %r0 = dl.avg_pool %x {window = array<i64: 3, 2>, strides = array<i64: 2, 2>, low = array<i64: 1, 1>, high = array<i64: 2, 0>, count_padding} : (tensor<1x2x5x4xf64>) -> tensor<1x2x3x2xf64>
  return %r0 : tensor<1x2x3x2xf64>
}

func.func @max_pool_leaves_rest(%x: tensor<1x1x6x7xf64>) -> tensor<1x1x2x2xf64> {
  %r0 = dl.max_pool %x {window = array<i64: 2, 2>, strides = array<i64: 3, 4>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<1x1x6x7xf64>) -> tensor<1x1x2x2xf64>
  return %r0 : tensor<1x1x2x2xf64>
}

func.func @max_pool_grad_leaves_rest(%x: tensor<1x1x6x7xf64>, %dy: tensor<1x1x2x2xf64>) -> tensor<1x1x6x7xf64> {
  %r0 = dl.max_pool_grad %x, %dy {window = array<i64: 2, 2>, strides = array<i64: 3, 4>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<1x1x6x7xf64>, tensor<1x1x2x2xf64>) -> tensor<1x1x6x7xf64>
  return %r0 : tensor<1x1x6x7xf64>
}

func.func @max_pool_pick_leaves_rest(%x: tensor<1x1x6x7xf64>, %v: tensor<1x1x6x7xf64>) -> tensor<1x1x2x2xf64> {
  %r0 = dl.max_pool_pick %x, %v {window = array<i64: 2, 2>, strides = array<i64: 3, 4>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<1x1x6x7xf64>, tensor<1x1x6x7xf64>) -> tensor<1x1x2x2xf64>
  return %r0 : tensor<1x1x2x2xf64>
}

func.func @sum_pool_leaves_rest(%x: tensor<1x1x6x7xf64>) -> tensor<1x1x2x2xf64> {
  %r0 = dl.sum_pool %x {window = array<i64: 2, 2>, strides = array<i64: 3, 4>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<1x1x6x7xf64>) -> tensor<1x1x2x2xf64>
  return %r0 : tensor<1x1x2x2xf64>
}

func.func @sum_pool_grad_leaves_rest(%dy: tensor<1x1x2x2xf64>) -> tensor<1x1x6x7xf64> {
  %r0 = dl.sum_pool_grad %dy {dims = [1, 1, 6, 7], window = array<i64: 2, 2>, strides = array<i64: 3, 4>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<1x1x2x2xf64>) -> tensor<1x1x6x7xf64>
  return %r0 : tensor<1x1x6x7xf64>
}

func.func @avg_pool_leaves_rest(%x: tensor<1x1x6x7xf64>) -> tensor<1x1x2x2xf64> {
  %r0 = dl.avg_pool %x {window = array<i64: 2, 2>, strides = array<i64: 3, 4>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<1x1x6x7xf64>) -> tensor<1x1x2x2xf64>
  return %r0 : tensor<1x1x2x2xf64>
}

func.func @avg_pool_count_padding_leaves_rest(%x: tensor<1x1x6x7xf64>) -> tensor<1x1x2x2xf64> {
  %r0 = dl.avg_pool %x {window = array<i64: 2, 2>, strides = array<i64: 3, 4>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, count_padding} : (tensor<1x1x6x7xf64>) -> tensor<1x1x2x2xf64>
  return %r0 : tensor<1x1x2x2xf64>
}

func.func @max_pool_one_axis(%x: tensor<2x2x7xf64>) -> tensor<2x2x4xf64> {
  %r0 = dl.max_pool %x {window = array<i64: 3>, strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>} : (tensor<2x2x7xf64>) -> tensor<2x2x4xf64>
  return %r0 : tensor<2x2x4xf64>
}

func.func @max_pool_grad_one_axis(%x: tensor<2x2x7xf64>, %dy: tensor<2x2x4xf64>) -> tensor<2x2x7xf64> {
  %r0 = dl.max_pool_grad %x, %dy {window = array<i64: 3>, strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>} : (tensor<2x2x7xf64>, tensor<2x2x4xf64>) -> tensor<2x2x7xf64>
  return %r0 : tensor<2x2x7xf64>
}

func.func @max_pool_pick_one_axis(%x: tensor<2x2x7xf64>, %v: tensor<2x2x7xf64>) -> tensor<2x2x4xf64> {
  %r0 = dl.max_pool_pick %x, %v {window = array<i64: 3>, strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>} : (tensor<2x2x7xf64>, tensor<2x2x7xf64>) -> tensor<2x2x4xf64>
  return %r0 : tensor<2x2x4xf64>
}

func.func @sum_pool_one_axis(%x: tensor<2x2x7xf64>) -> tensor<2x2x4xf64> {
  %r0 = dl.sum_pool %x {window = array<i64: 3>, strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>} : (tensor<2x2x7xf64>) -> tensor<2x2x4xf64>
  return %r0 : tensor<2x2x4xf64>
}

func.func @sum_pool_grad_one_axis(%dy: tensor<2x2x4xf64>) -> tensor<2x2x7xf64> {
  %r0 = dl.sum_pool_grad %dy {dims = [2, 2, 7], window = array<i64: 3>, strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>} : (tensor<2x2x4xf64>) -> tensor<2x2x7xf64>
  return %r0 : tensor<2x2x7xf64>
}

func.func @avg_pool_one_axis(%x: tensor<2x2x7xf64>) -> tensor<2x2x4xf64> {
  %r0 = dl.avg_pool %x {window = array<i64: 3>, strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>} : (tensor<2x2x7xf64>) -> tensor<2x2x4xf64>
  return %r0 : tensor<2x2x4xf64>
}

func.func @avg_pool_count_padding_one_axis(%x: tensor<2x2x7xf64>) -> tensor<2x2x4xf64> {
  %r0 = dl.avg_pool %x {window = array<i64: 3>, strides = array<i64: 2>, low = array<i64: 1>, high = array<i64: 1>, count_padding} : (tensor<2x2x7xf64>) -> tensor<2x2x4xf64>
  return %r0 : tensor<2x2x4xf64>
}

func.func @max_pool_three_axes(%x: tensor<1x1x4x3x4xf64>) -> tensor<1x1x2x3x2xf64> {
  %r0 = dl.max_pool %x {window = array<i64: 2, 2, 2>, strides = array<i64: 2, 1, 2>, low = array<i64: 0, 1, 0>, high = array<i64: 0, 0, 0>} : (tensor<1x1x4x3x4xf64>) -> tensor<1x1x2x3x2xf64>
  return %r0 : tensor<1x1x2x3x2xf64>
}

func.func @max_pool_grad_three_axes(%x: tensor<1x1x4x3x4xf64>, %dy: tensor<1x1x2x3x2xf64>) -> tensor<1x1x4x3x4xf64> {
  %r0 = dl.max_pool_grad %x, %dy {window = array<i64: 2, 2, 2>, strides = array<i64: 2, 1, 2>, low = array<i64: 0, 1, 0>, high = array<i64: 0, 0, 0>} : (tensor<1x1x4x3x4xf64>, tensor<1x1x2x3x2xf64>) -> tensor<1x1x4x3x4xf64>
  return %r0 : tensor<1x1x4x3x4xf64>
}

func.func @max_pool_pick_three_axes(%x: tensor<1x1x4x3x4xf64>, %v: tensor<1x1x4x3x4xf64>) -> tensor<1x1x2x3x2xf64> {
  %r0 = dl.max_pool_pick %x, %v {window = array<i64: 2, 2, 2>, strides = array<i64: 2, 1, 2>, low = array<i64: 0, 1, 0>, high = array<i64: 0, 0, 0>} : (tensor<1x1x4x3x4xf64>, tensor<1x1x4x3x4xf64>) -> tensor<1x1x2x3x2xf64>
  return %r0 : tensor<1x1x2x3x2xf64>
}

func.func @sum_pool_three_axes(%x: tensor<1x1x4x3x4xf64>) -> tensor<1x1x2x3x2xf64> {
  %r0 = dl.sum_pool %x {window = array<i64: 2, 2, 2>, strides = array<i64: 2, 1, 2>, low = array<i64: 0, 1, 0>, high = array<i64: 0, 0, 0>} : (tensor<1x1x4x3x4xf64>) -> tensor<1x1x2x3x2xf64>
  return %r0 : tensor<1x1x2x3x2xf64>
}

func.func @sum_pool_grad_three_axes(%dy: tensor<1x1x2x3x2xf64>) -> tensor<1x1x4x3x4xf64> {
  %r0 = dl.sum_pool_grad %dy {dims = [1, 1, 4, 3, 4], window = array<i64: 2, 2, 2>, strides = array<i64: 2, 1, 2>, low = array<i64: 0, 1, 0>, high = array<i64: 0, 0, 0>} : (tensor<1x1x2x3x2xf64>) -> tensor<1x1x4x3x4xf64>
  return %r0 : tensor<1x1x4x3x4xf64>
}

func.func @avg_pool_three_axes(%x: tensor<1x1x4x3x4xf64>) -> tensor<1x1x2x3x2xf64> {
  %r0 = dl.avg_pool %x {window = array<i64: 2, 2, 2>, strides = array<i64: 2, 1, 2>, low = array<i64: 0, 1, 0>, high = array<i64: 0, 0, 0>} : (tensor<1x1x4x3x4xf64>) -> tensor<1x1x2x3x2xf64>
  return %r0 : tensor<1x1x2x3x2xf64>
}

func.func @avg_pool_count_padding_three_axes(%x: tensor<1x1x4x3x4xf64>) -> tensor<1x1x2x3x2xf64> {
  %r0 = dl.avg_pool %x {window = array<i64: 2, 2, 2>, strides = array<i64: 2, 1, 2>, low = array<i64: 0, 1, 0>, high = array<i64: 0, 0, 0>, count_padding} : (tensor<1x1x4x3x4xf64>) -> tensor<1x1x2x3x2xf64>
  return %r0 : tensor<1x1x2x3x2xf64>
}

func.func @max_pool_dynamic(%x: tensor<?x2x4x?xf64> {dl.dims = ["n", 2, 4, "w"]}) -> tensor<?x2x2x?xf64> {
  %r0 = dl.max_pool %x {window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<?x2x4x?xf64>) -> tensor<?x2x2x?xf64>
  return %r0 : tensor<?x2x2x?xf64>
}

func.func @sum_pool_dynamic(%x: tensor<?x2x4x?xf64> {dl.dims = ["n", 2, 4, "w"]}) -> tensor<?x2x2x?xf64> {
  %r0 = dl.sum_pool %x {window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<?x2x4x?xf64>) -> tensor<?x2x2x?xf64>
  return %r0 : tensor<?x2x2x?xf64>
}

func.func @avg_pool_dynamic(%x: tensor<?x2x4x?xf64> {dl.dims = ["n", 2, 4, "w"]}) -> tensor<?x2x2x?xf64> {
  %r0 = dl.avg_pool %x {window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>} : (tensor<?x2x4x?xf64>) -> tensor<?x2x2x?xf64>
  return %r0 : tensor<?x2x2x?xf64>
}
