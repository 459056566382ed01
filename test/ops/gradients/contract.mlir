// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Contractions: batch, free and contracting axes wherever they stand.

func.func @matrix_product(%x: tensor<3x4xf64>, %y: tensor<4x5xf64>) -> tensor<3x5xf64> {
  %r0 = dl.contract %x, %y {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<3x4xf64>, tensor<4x5xf64>) -> tensor<3x5xf64>
  return %r0 : tensor<3x5xf64>
}

func.func @dynamic_rows(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}, %y: tensor<4x5xf64>) -> tensor<?x5xf64> {
  %r0 = dl.contract %x, %y {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x4xf64>, tensor<4x5xf64>) -> tensor<?x5xf64>
  return %r0 : tensor<?x5xf64>
}

func.func @dynamic_inner(%x: tensor<4x?xf64> {dl.dims = [4, "n"]}, %y: tensor<?x5xf64> {dl.dims = ["n", 5]}) -> tensor<4x5xf64> {
  %r0 = dl.contract %x, %y {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<4x?xf64>, tensor<?x5xf64>) -> tensor<4x5xf64>
  return %r0 : tensor<4x5xf64>
}

func.func @transposed(%x: tensor<4x3xf64>, %y: tensor<5x4xf64>) -> tensor<3x5xf64> {
  %r0 = dl.contract %x, %y {lhs_contract = array<i64: 0>, rhs_contract = array<i64: 1>} : (tensor<4x3xf64>, tensor<5x4xf64>) -> tensor<3x5xf64>
  return %r0 : tensor<3x5xf64>
}

func.func @outer_product(%x: tensor<3xf64>, %y: tensor<2x4xf64>) -> tensor<3x2x4xf64> {
  %r0 = dl.contract %x, %y : (tensor<3xf64>, tensor<2x4xf64>) -> tensor<3x2x4xf64>
  return %r0 : tensor<3x2x4xf64>
}

func.func @scalar_factor(%x: tensor<f64>, %y: tensor<2x4xf64>) -> tensor<2x4xf64> {
  %r0 = dl.contract %x, %y : (tensor<f64>, tensor<2x4xf64>) -> tensor<2x4xf64>
  return %r0 : tensor<2x4xf64>
}

func.func @dot_product(%x: tensor<6xf64>, %y: tensor<6xf64>) -> tensor<f64> {
  %r0 = dl.contract %x, %y {lhs_contract = array<i64: 0>, rhs_contract = array<i64: 0>} : (tensor<6xf64>, tensor<6xf64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @two_contracted_axes_crossed(%x: tensor<2x3x4xf64>, %y: tensor<4x5x2xf64>) -> tensor<3x5xf64> {
  %r0 = dl.contract %x, %y {lhs_contract = array<i64: 0, 2>, rhs_contract = array<i64: 2, 0>} : (tensor<2x3x4xf64>, tensor<4x5x2xf64>) -> tensor<3x5xf64>
  return %r0 : tensor<3x5xf64>
}

func.func @contracted_in_descending_order(%x: tensor<2x3x4xf64>, %y: tensor<4x5x2xf64>) -> tensor<3x5xf64> {
  %r0 = dl.contract %x, %y {lhs_contract = array<i64: 2, 0>, rhs_contract = array<i64: 0, 2>} : (tensor<2x3x4xf64>, tensor<4x5x2xf64>) -> tensor<3x5xf64>
  return %r0 : tensor<3x5xf64>
}

func.func @batch(%x: tensor<2x3x4xf64>, %y: tensor<2x4x5xf64>) -> tensor<2x3x5xf64> {
  %r0 = dl.contract %x, %y {lhs_batch = array<i64: 0>, rhs_batch = array<i64: 0>, lhs_contract = array<i64: 2>, rhs_contract = array<i64: 1>} : (tensor<2x3x4xf64>, tensor<2x4x5xf64>) -> tensor<2x3x5xf64>
  return %r0 : tensor<2x3x5xf64>
}

func.func @batch_axes_elsewhere(%x: tensor<3x2x4xf64>, %y: tensor<4x5x2xf64>) -> tensor<2x3x5xf64> {
  %r0 = dl.contract %x, %y {lhs_batch = array<i64: 1>, rhs_batch = array<i64: 2>, lhs_contract = array<i64: 2>, rhs_contract = array<i64: 0>} : (tensor<3x2x4xf64>, tensor<4x5x2xf64>) -> tensor<2x3x5xf64>
  return %r0 : tensor<2x3x5xf64>
}

func.func @two_batch_axes_crossed(%x: tensor<2x3x4x5xf64>, %y: tensor<3x5x6x2xf64>) -> tensor<2x3x4x6xf64> {
  %r0 = dl.contract %x, %y {lhs_batch = array<i64: 0, 1>, rhs_batch = array<i64: 3, 0>, lhs_contract = array<i64: 3>, rhs_contract = array<i64: 1>} : (tensor<2x3x4x5xf64>, tensor<3x5x6x2xf64>) -> tensor<2x3x4x6xf64>
  return %r0 : tensor<2x3x4x6xf64>
}

func.func @batch_alone(%x: tensor<2x3xf64>, %y: tensor<3x2xf64>) -> tensor<2x3xf64> {
  %r0 = dl.contract %x, %y {lhs_batch = array<i64: 0, 1>, rhs_batch = array<i64: 1, 0>} : (tensor<2x3xf64>, tensor<3x2xf64>) -> tensor<2x3xf64>
  return %r0 : tensor<2x3xf64>
}
