// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Select and clamp in every form of broadcasting; what passes an integer has no gradient.

func.func @select_same(%c: tensor<3x4xi1>, %x: tensor<3x4xf64>, %y: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.select %c, %x, %y : (tensor<3x4xi1>, tensor<3x4xf64>, tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @select_row(%c: tensor<3x4xi1>, %x: tensor<4xf64>, %y: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.select %c, %x, %y : (tensor<3x4xi1>, tensor<4xf64>, tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @select_column(%c: tensor<3x4xi1>, %x: tensor<3x1xf64>, %y: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.select %c, %x, %y : (tensor<3x4xi1>, tensor<3x1xf64>, tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @select_scalar(%c: tensor<3x4xi1>, %x: tensor<f64>, %y: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.select %c, %x, %y : (tensor<3x4xi1>, tensor<f64>, tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @select_left(%c: tensor<1x4xi1>, %x: tensor<2x3x1xf64>, %y: tensor<1x4xf64>) -> tensor<2x3x4xf64> {
  %r0 = dl.select %c, %x, %y : (tensor<1x4xi1>, tensor<2x3x1xf64>, tensor<1x4xf64>) -> tensor<2x3x4xf64>
  return %r0 : tensor<2x3x4xf64>
}

func.func @select_crossed(%c: tensor<3x1xi1>, %x: tensor<1x4xf64>, %y: tensor<3x1xf64>) -> tensor<3x4xf64> {
  %r0 = dl.select %c, %x, %y : (tensor<3x1xi1>, tensor<1x4xf64>, tensor<3x1xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @select_scalar_condition(%c: tensor<i1>, %x: tensor<3x4xf64>, %y: tensor<f64>) -> tensor<3x4xf64> {
  %r0 = dl.select %c, %x, %y : (tensor<i1>, tensor<3x4xf64>, tensor<f64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @clamp(%x: tensor<5x4xf64>, %low: tensor<4xf64> {dl.range = [-1.0, 0.0]}, %high: tensor<5x1xf64> {dl.range = [0.0, 1.0]}) -> tensor<5x4xf64> {
  %r0 = dl.clamp %x, %low, %high : (tensor<5x4xf64>, tensor<4xf64>, tensor<5x1xf64>) -> tensor<5x4xf64>
  return %r0 : tensor<5x4xf64>
}

func.func @clamp_scalars(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}, %low: tensor<f64> {dl.range = [-1.0, 0.0]}, %high: tensor<f64> {dl.range = [0.0, 1.0]}) -> tensor<?x4xf64> {
  %r0 = dl.clamp %x, %low, %high : (tensor<?x4xf64>, tensor<f64>, tensor<f64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @clamp_crossed_bounds(%x: tensor<5x4xf64>, %low: tensor<4xf64>, %high: tensor<5x1xf64>) -> tensor<5x4xf64> {
  %r0 = dl.clamp %x, %low, %high : (tensor<5x4xf64>, tensor<4xf64>, tensor<5x1xf64>) -> tensor<5x4xf64>
  return %r0 : tensor<5x4xf64>
}

func.func @cast_keeps_scale(%x: tensor<4xf64>) -> tensor<4xf64> {
  %i = dl.cast %x : (tensor<4xf64>) -> tensor<4xi64>
  %j = dl.cast %i : (tensor<4xi64>) -> tensor<4xf64>
  %r = dl.mul %x, %j : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  return %r : tensor<4xf64>
}
