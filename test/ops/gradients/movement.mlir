// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Movements: the gradient is the movement back.

func.func @broadcast(%x: tensor<3x1xf64>) -> tensor<2x3x4xf64> {
  %r0 = dl.broadcast %x {dims = [2, 3, 4]} : (tensor<3x1xf64>) -> tensor<2x3x4xf64>
  return %r0 : tensor<2x3x4xf64>
}

func.func @broadcast_dynamic(%x: tensor<4xf64>) -> tensor<2x4xf64> {
  %r0 = dl.broadcast %x {dims = [2, 4]} : (tensor<4xf64>) -> tensor<2x4xf64>
  return %r0 : tensor<2x4xf64>
}

func.func @reshape(%x: tensor<?x2x3xf64> {dl.dims = ["n", 2, 3]}) -> tensor<?x6xf64> {
  %r0 = dl.reshape %x {dims = ["n", 6]} : (tensor<?x2x3xf64>) -> tensor<?x6xf64>
  return %r0 : tensor<?x6xf64>
}

func.func @transpose(%x: tensor<2x3x4xf64>) -> tensor<4x2x3xf64> {
  %r0 = dl.transpose %x {permutation = array<i64: 2, 0, 1>} : (tensor<2x3x4xf64>) -> tensor<4x2x3xf64>
  return %r0 : tensor<4x2x3xf64>
}

func.func @slice(%x: tensor<3x8xf64>) -> tensor<2x3xf64> {
  %r0 = dl.slice %x {starts = [1, 2], dims = [2, 3], strides = array<i64: 1, 1>} : (tensor<3x8xf64>) -> tensor<2x3xf64>
  return %r0 : tensor<2x3xf64>
}

func.func @slice_strided(%x: tensor<3x8xf64>) -> tensor<2x3xf64> {
  %r0 = dl.slice %x {starts = [0, 1], dims = [2, 3], strides = array<i64: 2, 3>} : (tensor<3x8xf64>) -> tensor<2x3xf64>
  return %r0 : tensor<2x3xf64>
}

func.func @slice_dynamic(%x: tensor<?x8xf64> {dl.dims = ["n", 8]}) -> tensor<?x2xf64> {
  %r0 = dl.slice %x {starts = [1, 2], dims = ["n - 1", 2], strides = array<i64: 1, 2>} : (tensor<?x8xf64>) -> tensor<?x2xf64>
  return %r0 : tensor<?x2xf64>
}

func.func @pad(%x: tensor<2x3xf64>, %v: tensor<f64>) -> tensor<4x5xf64> {
  %r0 = dl.pad %x, %v {low = [1, 0], high = [1, 2], interior = array<i64: 0, 0>} : (tensor<2x3xf64>, tensor<f64>) -> tensor<4x5xf64>
  return %r0 : tensor<4x5xf64>
}

func.func @pad_interior(%x: tensor<2x3xf64>, %v: tensor<f64>) -> tensor<4x9xf64> {
  %r0 = dl.pad %x, %v {low = [1, 0], high = [0, 2], interior = array<i64: 1, 2>} : (tensor<2x3xf64>, tensor<f64>) -> tensor<4x9xf64>
  return %r0 : tensor<4x9xf64>
}

func.func @pad_dynamic(%x: tensor<?x3xf64> {dl.dims = ["n", 3]}, %v: tensor<f64>) -> tensor<?x4xf64> {
  %r0 = dl.pad %x, %v {low = ["n", 0], high = [1, 1], interior = array<i64: 0, 0>} : (tensor<?x3xf64>, tensor<f64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @concat(%x: tensor<2x3xf64>, %y: tensor<2x1xf64>, %z: tensor<2x4xf64>) -> tensor<2x8xf64> {
  %r0 = dl.concat %x, %y, %z {axis = 1 : i64} : (tensor<2x3xf64>, tensor<2x1xf64>, tensor<2x4xf64>) -> tensor<2x8xf64>
  return %r0 : tensor<2x8xf64>
}

func.func @concat_dynamic(%x: tensor<?x3xf64> {dl.dims = ["n", 3]}, %y: tensor<2x3xf64>) -> tensor<?x3xf64> {
  %r0 = dl.concat %x, %y {axis = 0 : i64} : (tensor<?x3xf64>, tensor<2x3xf64>) -> tensor<?x3xf64>
  return %r0 : tensor<?x3xf64>
}

func.func @concat_of_one_value(%x: tensor<2x3xf64>) -> tensor<4x3xf64> {
  %r = dl.concat %x, %x {axis = 0 : i64} : (tensor<2x3xf64>, tensor<2x3xf64>) -> tensor<4x3xf64>
  return %r : tensor<4x3xf64>
}

func.func @reverse(%x: tensor<2x3x4xf64>) -> tensor<2x3x4xf64> {
  %r0 = dl.reverse %x {axes = array<i64: 2, 0>} : (tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
  return %r0 : tensor<2x3x4xf64>
}

func.func @gather(%x: tensor<5x3xf64>, %i: tensor<2x4xi64> {dl.range = [0, 5]}) -> tensor<2x4x3xf64> {
  %r0 = dl.gather %x, %i {axis = 0 : i64} : (tensor<5x3xf64>, tensor<2x4xi64>) -> tensor<2x4x3xf64>
  return %r0 : tensor<2x4x3xf64>
}

func.func @gather_inner(%x: tensor<2x5xf64>, %i: tensor<7xi32> {dl.range = [0, 5]}) -> tensor<2x7xf64> {
  %r0 = dl.gather %x, %i {axis = 1 : i64} : (tensor<2x5xf64>, tensor<7xi32>) -> tensor<2x7xf64>
  return %r0 : tensor<2x7xf64>
}

func.func @gather_one(%x: tensor<5x3xf64>, %i: tensor<ui8> {dl.range = [0, 5]}) -> tensor<3xf64> {
  %r0 = dl.gather %x, %i {axis = 0 : i64} : (tensor<5x3xf64>, tensor<ui8>) -> tensor<3xf64>
  return %r0 : tensor<3xf64>
}

func.func @scatter_add(%i: tensor<2x4xi64> {dl.range = [0, 5]}, %u: tensor<2x4x3xf64>) -> tensor<5x3xf64> {
  %r0 = dl.scatter_add %i, %u {axis = 0 : i64, dims = [5, 3]} : (tensor<2x4xi64>, tensor<2x4x3xf64>) -> tensor<5x3xf64>
  return %r0 : tensor<5x3xf64>
}

func.func @scatter_add_inner(%i: tensor<7xi64> {dl.range = [0, 5]}, %u: tensor<2x7xf64>) -> tensor<2x5xf64> {
  %r0 = dl.scatter_add %i, %u {axis = 1 : i64, dims = [2, 5]} : (tensor<7xi64>, tensor<2x7xf64>) -> tensor<2x5xf64>
  return %r0 : tensor<2x5xf64>
}

func.func @pack(%x: tensor<2x3x7xf64>) -> tensor<2x2x3x4xf64> {
  %r0 = dl.pack %x {width = 4 : i64} : (tensor<2x3x7xf64>) -> tensor<2x2x3x4xf64>
  return %r0 : tensor<2x2x3x4xf64>
}

func.func @pack_dynamic(%x: tensor<3x?xf64> {dl.dims = [3, "n"]}) -> tensor<?x3x2xf64> {
  %r0 = dl.pack %x {width = 2 : i64} : (tensor<3x?xf64>) -> tensor<?x3x2xf64>
  return %r0 : tensor<?x3x2xf64>
}

func.func @unpack(%x: tensor<2x3x4xf64>) -> tensor<3x7xf64> {
  %r0 = dl.unpack %x {columns = 7 : i64} : (tensor<2x3x4xf64>) -> tensor<3x7xf64>
  return %r0 : tensor<3x7xf64>
}
