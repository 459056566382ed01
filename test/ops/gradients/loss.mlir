// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Losses, as means and as sums, with respect to logits and to targets.

func.func @cross_entropy(%z: tensor<?x5xf64> {dl.dims = ["n", 5]}, %y: tensor<?xui8> {dl.dims = ["n"], dl.range = [0, 5]}) -> tensor<f64> {
  %r0 = dl.cross_entropy %z, %y : (tensor<?x5xf64>, tensor<?xui8>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @cross_entropy_of_sequences(%z: tensor<2x3x5xf64>, %y: tensor<2x3xi64> {dl.range = [0, 5]}) -> tensor<f64> {
  %r0 = dl.cross_entropy %z, %y : (tensor<2x3x5xf64>, tensor<2x3xi64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @cross_entropy_of_one(%z: tensor<5xf64>, %y: tensor<i32> {dl.range = [0, 5]}) -> tensor<f64> {
  %r0 = dl.cross_entropy %z, %y : (tensor<5xf64>, tensor<i32>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @cross_entropy_dense(%z: tensor<?x5xf64> {dl.dims = ["n", 5]}, %p: tensor<?x5xf64> {dl.dims = ["n", 5], dl.range = [0.0, 1.0]}) -> tensor<f64> {
  %r0 = dl.cross_entropy_dense %z, %p : (tensor<?x5xf64>, tensor<?x5xf64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @mse(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}, %y: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<f64> {
  %r0 = dl.mse %x, %y : (tensor<?x4xf64>, tensor<?x4xf64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @bce_with_logits(%z: tensor<?x4xf64> {dl.dims = ["n", 4]}, %y: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [0.0, 1.0]}) -> tensor<f64> {
  %r0 = dl.bce_with_logits %z, %y : (tensor<?x4xf64>, tensor<?x4xf64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @cross_entropy_sum(%z: tensor<?x5xf64> {dl.dims = ["n", 5]}, %y: tensor<?xui8> {dl.dims = ["n"], dl.range = [0, 5]}) -> tensor<f64> {
  %r0 = dl.cross_entropy %z, %y {sum} : (tensor<?x5xf64>, tensor<?xui8>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @cross_entropy_of_sequences_sum(%z: tensor<2x3x5xf64>, %y: tensor<2x3xi64> {dl.range = [0, 5]}) -> tensor<f64> {
  %r0 = dl.cross_entropy %z, %y {sum} : (tensor<2x3x5xf64>, tensor<2x3xi64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @cross_entropy_of_one_sum(%z: tensor<5xf64>, %y: tensor<i32> {dl.range = [0, 5]}) -> tensor<f64> {
  %r0 = dl.cross_entropy %z, %y {sum} : (tensor<5xf64>, tensor<i32>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @cross_entropy_dense_sum(%z: tensor<?x5xf64> {dl.dims = ["n", 5]}, %p: tensor<?x5xf64> {dl.dims = ["n", 5], dl.range = [0.0, 1.0]}) -> tensor<f64> {
  %r0 = dl.cross_entropy_dense %z, %p {sum} : (tensor<?x5xf64>, tensor<?x5xf64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @mse_sum(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}, %y: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<f64> {
  %r0 = dl.mse %x, %y {sum} : (tensor<?x4xf64>, tensor<?x4xf64>) -> tensor<f64>
  return %r0 : tensor<f64>
}

func.func @bce_with_logits_sum(%z: tensor<?x4xf64> {dl.dims = ["n", 4]}, %y: tensor<?x4xf64> {dl.dims = ["n", 4], dl.range = [0.0, 1.0]}) -> tensor<f64> {
  %r0 = dl.bce_with_logits %z, %y {sum} : (tensor<?x4xf64>, tensor<?x4xf64>) -> tensor<f64>
  return %r0 : tensor<f64>
}
