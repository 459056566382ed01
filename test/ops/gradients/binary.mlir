// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Every binary op, in every form of broadcasting: the gradient of what broadcast is summed.

func.func @add_same(%x: tensor<3x4xf64>, %y: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.add %x, %y : (tensor<3x4xf64>, tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @add_row(%x: tensor<3x4xf64>, %y: tensor<4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.add %x, %y : (tensor<3x4xf64>, tensor<4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @add_column(%x: tensor<3x4xf64>, %y: tensor<3x1xf64>) -> tensor<3x4xf64> {
  %r0 = dl.add %x, %y : (tensor<3x4xf64>, tensor<3x1xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @add_scalar(%x: tensor<3x4xf64>, %y: tensor<f64>) -> tensor<3x4xf64> {
  %r0 = dl.add %x, %y : (tensor<3x4xf64>, tensor<f64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @add_left(%x: tensor<1x4xf64>, %y: tensor<2x3x1xf64>) -> tensor<2x3x4xf64> {
  %r0 = dl.add %x, %y : (tensor<1x4xf64>, tensor<2x3x1xf64>) -> tensor<2x3x4xf64>
  return %r0 : tensor<2x3x4xf64>
}

func.func @add_crossed(%x: tensor<3x1xf64>, %y: tensor<1x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.add %x, %y : (tensor<3x1xf64>, tensor<1x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @add_dynamic(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}, %y: tensor<4xf64>) -> tensor<?x4xf64> {
  %r0 = dl.add %x, %y : (tensor<?x4xf64>, tensor<4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @sub_same(%x: tensor<3x4xf64>, %y: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.sub %x, %y : (tensor<3x4xf64>, tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @sub_row(%x: tensor<3x4xf64>, %y: tensor<4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.sub %x, %y : (tensor<3x4xf64>, tensor<4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @sub_column(%x: tensor<3x4xf64>, %y: tensor<3x1xf64>) -> tensor<3x4xf64> {
  %r0 = dl.sub %x, %y : (tensor<3x4xf64>, tensor<3x1xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @sub_scalar(%x: tensor<3x4xf64>, %y: tensor<f64>) -> tensor<3x4xf64> {
  %r0 = dl.sub %x, %y : (tensor<3x4xf64>, tensor<f64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @sub_left(%x: tensor<1x4xf64>, %y: tensor<2x3x1xf64>) -> tensor<2x3x4xf64> {
  %r0 = dl.sub %x, %y : (tensor<1x4xf64>, tensor<2x3x1xf64>) -> tensor<2x3x4xf64>
  return %r0 : tensor<2x3x4xf64>
}

func.func @sub_crossed(%x: tensor<3x1xf64>, %y: tensor<1x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.sub %x, %y : (tensor<3x1xf64>, tensor<1x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @sub_dynamic(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}, %y: tensor<4xf64>) -> tensor<?x4xf64> {
  %r0 = dl.sub %x, %y : (tensor<?x4xf64>, tensor<4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @mul_same(%x: tensor<3x4xf64>, %y: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.mul %x, %y : (tensor<3x4xf64>, tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @mul_row(%x: tensor<3x4xf64>, %y: tensor<4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.mul %x, %y : (tensor<3x4xf64>, tensor<4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @mul_column(%x: tensor<3x4xf64>, %y: tensor<3x1xf64>) -> tensor<3x4xf64> {
  %r0 = dl.mul %x, %y : (tensor<3x4xf64>, tensor<3x1xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @mul_scalar(%x: tensor<3x4xf64>, %y: tensor<f64>) -> tensor<3x4xf64> {
  %r0 = dl.mul %x, %y : (tensor<3x4xf64>, tensor<f64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @mul_left(%x: tensor<1x4xf64>, %y: tensor<2x3x1xf64>) -> tensor<2x3x4xf64> {
  %r0 = dl.mul %x, %y : (tensor<1x4xf64>, tensor<2x3x1xf64>) -> tensor<2x3x4xf64>
  return %r0 : tensor<2x3x4xf64>
}

func.func @mul_crossed(%x: tensor<3x1xf64>, %y: tensor<1x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.mul %x, %y : (tensor<3x1xf64>, tensor<1x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @mul_dynamic(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}, %y: tensor<4xf64>) -> tensor<?x4xf64> {
  %r0 = dl.mul %x, %y : (tensor<?x4xf64>, tensor<4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @div_same(%x: tensor<3x4xf64>, %y: tensor<3x4xf64> {dl.range = [0.5, 2.0]}) -> tensor<3x4xf64> {
  %r0 = dl.div %x, %y : (tensor<3x4xf64>, tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @div_row(%x: tensor<3x4xf64>, %y: tensor<4xf64> {dl.range = [0.5, 2.0]}) -> tensor<3x4xf64> {
  %r0 = dl.div %x, %y : (tensor<3x4xf64>, tensor<4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @div_column(%x: tensor<3x4xf64>, %y: tensor<3x1xf64> {dl.range = [0.5, 2.0]}) -> tensor<3x4xf64> {
  %r0 = dl.div %x, %y : (tensor<3x4xf64>, tensor<3x1xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @div_scalar(%x: tensor<3x4xf64>, %y: tensor<f64> {dl.range = [0.5, 2.0]}) -> tensor<3x4xf64> {
  %r0 = dl.div %x, %y : (tensor<3x4xf64>, tensor<f64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @div_left(%x: tensor<1x4xf64>, %y: tensor<2x3x1xf64> {dl.range = [0.5, 2.0]}) -> tensor<2x3x4xf64> {
  %r0 = dl.div %x, %y : (tensor<1x4xf64>, tensor<2x3x1xf64>) -> tensor<2x3x4xf64>
  return %r0 : tensor<2x3x4xf64>
}

func.func @div_crossed(%x: tensor<3x1xf64>, %y: tensor<1x4xf64> {dl.range = [0.5, 2.0]}) -> tensor<3x4xf64> {
  %r0 = dl.div %x, %y : (tensor<3x1xf64>, tensor<1x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @div_dynamic(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}, %y: tensor<4xf64> {dl.range = [0.5, 2.0]}) -> tensor<?x4xf64> {
  %r0 = dl.div %x, %y : (tensor<?x4xf64>, tensor<4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @rem_same(%x: tensor<3x4xf64> {dl.range = [-5.0, 5.0]}, %y: tensor<3x4xf64> {dl.range = [0.5, 2.0]}) -> tensor<3x4xf64> {
  %r0 = dl.rem %x, %y : (tensor<3x4xf64>, tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @rem_row(%x: tensor<3x4xf64> {dl.range = [-5.0, 5.0]}, %y: tensor<4xf64> {dl.range = [0.5, 2.0]}) -> tensor<3x4xf64> {
  %r0 = dl.rem %x, %y : (tensor<3x4xf64>, tensor<4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @rem_column(%x: tensor<3x4xf64> {dl.range = [-5.0, 5.0]}, %y: tensor<3x1xf64> {dl.range = [0.5, 2.0]}) -> tensor<3x4xf64> {
  %r0 = dl.rem %x, %y : (tensor<3x4xf64>, tensor<3x1xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @rem_scalar(%x: tensor<3x4xf64> {dl.range = [-5.0, 5.0]}, %y: tensor<f64> {dl.range = [0.5, 2.0]}) -> tensor<3x4xf64> {
  %r0 = dl.rem %x, %y : (tensor<3x4xf64>, tensor<f64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @rem_left(%x: tensor<1x4xf64> {dl.range = [-5.0, 5.0]}, %y: tensor<2x3x1xf64> {dl.range = [0.5, 2.0]}) -> tensor<2x3x4xf64> {
  %r0 = dl.rem %x, %y : (tensor<1x4xf64>, tensor<2x3x1xf64>) -> tensor<2x3x4xf64>
  return %r0 : tensor<2x3x4xf64>
}

func.func @rem_crossed(%x: tensor<3x1xf64> {dl.range = [-5.0, 5.0]}, %y: tensor<1x4xf64> {dl.range = [0.5, 2.0]}) -> tensor<3x4xf64> {
  %r0 = dl.rem %x, %y : (tensor<3x1xf64>, tensor<1x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @rem_dynamic(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}, %y: tensor<4xf64> {dl.range = [0.5, 2.0]}) -> tensor<?x4xf64> {
  %r0 = dl.rem %x, %y : (tensor<?x4xf64>, tensor<4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @pow_same(%x: tensor<3x4xf64> {dl.range = [0.3, 2.0]}, %y: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.pow %x, %y : (tensor<3x4xf64>, tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @pow_row(%x: tensor<3x4xf64> {dl.range = [0.3, 2.0]}, %y: tensor<4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.pow %x, %y : (tensor<3x4xf64>, tensor<4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @pow_column(%x: tensor<3x4xf64> {dl.range = [0.3, 2.0]}, %y: tensor<3x1xf64>) -> tensor<3x4xf64> {
  %r0 = dl.pow %x, %y : (tensor<3x4xf64>, tensor<3x1xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @pow_scalar(%x: tensor<3x4xf64> {dl.range = [0.3, 2.0]}, %y: tensor<f64>) -> tensor<3x4xf64> {
  %r0 = dl.pow %x, %y : (tensor<3x4xf64>, tensor<f64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @pow_left(%x: tensor<1x4xf64> {dl.range = [0.3, 2.0]}, %y: tensor<2x3x1xf64>) -> tensor<2x3x4xf64> {
  %r0 = dl.pow %x, %y : (tensor<1x4xf64>, tensor<2x3x1xf64>) -> tensor<2x3x4xf64>
  return %r0 : tensor<2x3x4xf64>
}

func.func @pow_crossed(%x: tensor<3x1xf64> {dl.range = [0.3, 2.0]}, %y: tensor<1x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.pow %x, %y : (tensor<3x1xf64>, tensor<1x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @pow_dynamic(%x: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [0.3, 2.0]}, %y: tensor<4xf64>) -> tensor<?x4xf64> {
  %r0 = dl.pow %x, %y : (tensor<?x4xf64>, tensor<4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @max_same(%x: tensor<3x4xf64>, %y: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.max %x, %y : (tensor<3x4xf64>, tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @max_row(%x: tensor<3x4xf64>, %y: tensor<4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.max %x, %y : (tensor<3x4xf64>, tensor<4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @max_column(%x: tensor<3x4xf64>, %y: tensor<3x1xf64>) -> tensor<3x4xf64> {
  %r0 = dl.max %x, %y : (tensor<3x4xf64>, tensor<3x1xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @max_scalar(%x: tensor<3x4xf64>, %y: tensor<f64>) -> tensor<3x4xf64> {
  %r0 = dl.max %x, %y : (tensor<3x4xf64>, tensor<f64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @max_left(%x: tensor<1x4xf64>, %y: tensor<2x3x1xf64>) -> tensor<2x3x4xf64> {
  %r0 = dl.max %x, %y : (tensor<1x4xf64>, tensor<2x3x1xf64>) -> tensor<2x3x4xf64>
  return %r0 : tensor<2x3x4xf64>
}

func.func @max_crossed(%x: tensor<3x1xf64>, %y: tensor<1x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.max %x, %y : (tensor<3x1xf64>, tensor<1x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @max_dynamic(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}, %y: tensor<4xf64>) -> tensor<?x4xf64> {
  %r0 = dl.max %x, %y : (tensor<?x4xf64>, tensor<4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @min_same(%x: tensor<3x4xf64>, %y: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.min %x, %y : (tensor<3x4xf64>, tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @min_row(%x: tensor<3x4xf64>, %y: tensor<4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.min %x, %y : (tensor<3x4xf64>, tensor<4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @min_column(%x: tensor<3x4xf64>, %y: tensor<3x1xf64>) -> tensor<3x4xf64> {
  %r0 = dl.min %x, %y : (tensor<3x4xf64>, tensor<3x1xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @min_scalar(%x: tensor<3x4xf64>, %y: tensor<f64>) -> tensor<3x4xf64> {
  %r0 = dl.min %x, %y : (tensor<3x4xf64>, tensor<f64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @min_left(%x: tensor<1x4xf64>, %y: tensor<2x3x1xf64>) -> tensor<2x3x4xf64> {
  %r0 = dl.min %x, %y : (tensor<1x4xf64>, tensor<2x3x1xf64>) -> tensor<2x3x4xf64>
  return %r0 : tensor<2x3x4xf64>
}

func.func @min_crossed(%x: tensor<3x1xf64>, %y: tensor<1x4xf64>) -> tensor<3x4xf64> {
  %r0 = dl.min %x, %y : (tensor<3x1xf64>, tensor<1x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @min_dynamic(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}, %y: tensor<4xf64>) -> tensor<?x4xf64> {
  %r0 = dl.min %x, %y : (tensor<?x4xf64>, tensor<4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}
