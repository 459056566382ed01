// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Softmax and normalisations, statistics included.

func.func @softmax(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.softmax %x {axis = 1 : i64} : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @softmax_outer(%x: tensor<3x4x2xf64>) -> tensor<3x4x2xf64> {
  %r0 = dl.softmax %x {axis = 0 : i64} : (tensor<3x4x2xf64>) -> tensor<3x4x2xf64>
  return %r0 : tensor<3x4x2xf64>
}

func.func @softmax_large(%x: tensor<3x4xf64> {dl.range = [200.0, 205.0]}) -> tensor<3x4xf64> {
  %r0 = dl.softmax %x {axis = 1 : i64} : (tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @log_softmax(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> {
  %r0 = dl.log_softmax %x {axis = 1 : i64} : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @log_softmax_outer(%x: tensor<3x4x2xf64>) -> tensor<3x4x2xf64> {
  %r0 = dl.log_softmax %x {axis = 0 : i64} : (tensor<3x4x2xf64>) -> tensor<3x4x2xf64>
  return %r0 : tensor<3x4x2xf64>
}

func.func @log_softmax_large(%x: tensor<3x4xf64> {dl.range = [200.0, 205.0]}) -> tensor<3x4xf64> {
  %r0 = dl.log_softmax %x {axis = 1 : i64} : (tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r0 : tensor<3x4xf64>
}

func.func @layer_norm(%x: tensor<?x6xf64> {dl.dims = ["n", 6]}, %scale: tensor<6xf64>, %bias: tensor<6xf64>) -> tensor<?x6xf64> {
  %r0 = dl.layer_norm %x, %scale, %bias {axis = 1 : i64, epsilon = 1.0e-5 : f64} : (tensor<?x6xf64>, tensor<6xf64>, tensor<6xf64>) -> tensor<?x6xf64>
  return %r0 : tensor<?x6xf64>
}

func.func @layer_norm_two_axes(%x: tensor<2x3x4xf64>, %scale: tensor<3x4xf64>, %bias: tensor<3x4xf64>) -> tensor<2x3x4xf64> {
  %r0 = dl.layer_norm %x, %scale, %bias {axis = 1 : i64, epsilon = 1.0e-3 : f64} : (tensor<2x3x4xf64>, tensor<3x4xf64>, tensor<3x4xf64>) -> tensor<2x3x4xf64>
  return %r0 : tensor<2x3x4xf64>
}

func.func @batch_norm(%x: tensor<?x3x2x2xf64> {dl.dims = ["n", 3, 2, 2]}, %scale: tensor<3xf64>, %bias: tensor<3xf64>, %mean: tensor<3xf64>, %variance: tensor<3xf64> {dl.range = [0.5, 2.0]}) -> tensor<?x3x2x2xf64> {
  %r0 = dl.batch_norm %x, %scale, %bias, %mean, %variance {epsilon = 1.0e-5 : f64} : (tensor<?x3x2x2xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<?x3x2x2xf64>
  return %r0 : tensor<?x3x2x2xf64>
}

func.func @batch_norm_of_rows(%x: tensor<4x3xf64>, %scale: tensor<3xf64>, %bias: tensor<3xf64>, %mean: tensor<3xf64>, %variance: tensor<3xf64> {dl.range = [0.5, 2.0]}) -> tensor<4x3xf64> {
  %r0 = dl.batch_norm %x, %scale, %bias, %mean, %variance {epsilon = 1.0e-5 : f64} : (tensor<4x3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
  return %r0 : tensor<4x3xf64>
}

func.func @batch_norm_train(%x: tensor<?x3x2x2xf64> {dl.dims = ["n", 3, 2, 2]}, %scale: tensor<3xf64>, %bias: tensor<3xf64>) -> (tensor<?x3x2x2xf64>, tensor<3xf64>, tensor<3xf64>) {
  %r0, %r1, %r2 = dl.batch_norm_train %x, %scale, %bias {epsilon = 1.0e-5 : f64} : (tensor<?x3x2x2xf64>, tensor<3xf64>, tensor<3xf64>) -> (tensor<?x3x2x2xf64>, tensor<3xf64>, tensor<3xf64>)
  return %r0, %r1, %r2 : tensor<?x3x2x2xf64>, tensor<3xf64>, tensor<3xf64>
}

func.func @batch_norm_train_of_rows(%x: tensor<5x3xf64>, %scale: tensor<3xf64>, %bias: tensor<3xf64>) -> (tensor<5x3xf64>, tensor<3xf64>, tensor<3xf64>) {
  %r0, %r1, %r2 = dl.batch_norm_train %x, %scale, %bias {epsilon = 1.0e-3 : f64} : (tensor<5x3xf64>, tensor<3xf64>, tensor<3xf64>) -> (tensor<5x3xf64>, tensor<3xf64>, tensor<3xf64>)
  return %r0, %r1, %r2 : tensor<5x3xf64>, tensor<3xf64>, tensor<3xf64>
}
