// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Running sums, both ways, with and without the element itself.

func.func @cumsum_plain(%x: tensor<3x5xf64>) -> tensor<3x5xf64> {
  %r0 = dl.cumsum %x {axis = 1 : i64} : (tensor<3x5xf64>) -> tensor<3x5xf64>
  return %r0 : tensor<3x5xf64>
}

func.func @cumsum_exclusive(%x: tensor<3x5xf64>) -> tensor<3x5xf64> {
  %r0 = dl.cumsum %x {axis = 0 : i64, exclusive} : (tensor<3x5xf64>) -> tensor<3x5xf64>
  return %r0 : tensor<3x5xf64>
}

func.func @cumsum_reverse(%x: tensor<3x5xf64>) -> tensor<3x5xf64> {
  %r0 = dl.cumsum %x {axis = 1 : i64, reverse} : (tensor<3x5xf64>) -> tensor<3x5xf64>
  return %r0 : tensor<3x5xf64>
}

func.func @cumsum_both(%x: tensor<3x5xf64>) -> tensor<3x5xf64> {
  %r0 = dl.cumsum %x {axis = 1 : i64, exclusive, reverse} : (tensor<3x5xf64>) -> tensor<3x5xf64>
  return %r0 : tensor<3x5xf64>
}
