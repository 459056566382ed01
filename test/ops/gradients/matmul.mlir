// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Matrix products: leading axes broadcast.

func.func @matrices(%x: tensor<3x4xf64>, %y: tensor<4x5xf64>) -> tensor<3x5xf64> {
  %r0 = dl.matmul %x, %y : (tensor<3x4xf64>, tensor<4x5xf64>) -> tensor<3x5xf64>
  return %r0 : tensor<3x5xf64>
}

func.func @batches(%x: tensor<2x3x4xf64>, %y: tensor<2x4x5xf64>) -> tensor<2x3x5xf64> {
  %r0 = dl.matmul %x, %y : (tensor<2x3x4xf64>, tensor<2x4x5xf64>) -> tensor<2x3x5xf64>
  return %r0 : tensor<2x3x5xf64>
}

func.func @batch_times_matrix(%x: tensor<2x3x4xf64>, %y: tensor<4x5xf64>) -> tensor<2x3x5xf64> {
  %r0 = dl.matmul %x, %y : (tensor<2x3x4xf64>, tensor<4x5xf64>) -> tensor<2x3x5xf64>
  return %r0 : tensor<2x3x5xf64>
}

func.func @matrix_times_batch(%x: tensor<3x4xf64>, %y: tensor<2x4x5xf64>) -> tensor<2x3x5xf64> {
  %r0 = dl.matmul %x, %y : (tensor<3x4xf64>, tensor<2x4x5xf64>) -> tensor<2x3x5xf64>
  return %r0 : tensor<2x3x5xf64>
}

func.func @crossed_batches(%x: tensor<2x1x3x4xf64>, %y: tensor<6x4x5xf64>) -> tensor<2x6x3x5xf64> {
  %r0 = dl.matmul %x, %y : (tensor<2x1x3x4xf64>, tensor<6x4x5xf64>) -> tensor<2x6x3x5xf64>
  return %r0 : tensor<2x6x3x5xf64>
}

func.func @missing_and_one(%x: tensor<1x3x4xf64>, %y: tensor<2x6x4x5xf64>) -> tensor<2x6x3x5xf64> {
  %r0 = dl.matmul %x, %y : (tensor<1x3x4xf64>, tensor<2x6x4x5xf64>) -> tensor<2x6x3x5xf64>
  return %r0 : tensor<2x6x3x5xf64>
}

func.func @both_one(%x: tensor<1x3x4xf64>, %y: tensor<1x4x5xf64>) -> tensor<1x3x5xf64> {
  %r0 = dl.matmul %x, %y : (tensor<1x3x4xf64>, tensor<1x4x5xf64>) -> tensor<1x3x5xf64>
  return %r0 : tensor<1x3x5xf64>
}

func.func @middle_one(%x: tensor<2x1x7x3x4xf64>, %y: tensor<2x6x1x4x5xf64>) -> tensor<2x6x7x3x5xf64> {
  %r0 = dl.matmul %x, %y : (tensor<2x1x7x3x4xf64>, tensor<2x6x1x4x5xf64>) -> tensor<2x6x7x3x5xf64>
  return %r0 : tensor<2x6x7x3x5xf64>
}

func.func @one_row(%x: tensor<1x4xf64>, %y: tensor<4x1xf64>) -> tensor<1x1xf64> {
  %r0 = dl.matmul %x, %y : (tensor<1x4xf64>, tensor<4x1xf64>) -> tensor<1x1xf64>
  return %r0 : tensor<1x1xf64>
}

func.func @dynamic(%x: tensor<?x3x4xf64> {dl.dims = ["n", 3, 4]}, %y: tensor<4x5xf64>) -> tensor<?x3x5xf64> {
  %r0 = dl.matmul %x, %y : (tensor<?x3x4xf64>, tensor<4x5xf64>) -> tensor<?x3x5xf64>
  return %r0 : tensor<?x3x5xf64>
}
