// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// The backward pass of dropout draws the mask of the forward pass.

func.func @dropout(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}, %training: tensor<i1>, %seed: tensor<i64>, %step: tensor<i64>) -> tensor<?x4xf64> {
  %r0 = dl.dropout %x, %training, %seed, %step {rate = 0.4 : f64, stream = 1 : i64} : (tensor<?x4xf64>, tensor<i1>, tensor<i64>, tensor<i64>) -> tensor<?x4xf64>
  return %r0 : tensor<?x4xf64>
}

func.func @dropout_known_true(%x: tensor<8x4xf64>, %seed: tensor<i64>, %step: tensor<i64>) -> tensor<8x4xf64> {
  %training = dl.constant dense<true> : tensor<i1>
  %r = dl.dropout %x, %training, %seed, %step {rate = 0.4 : f64, stream = 1 : i64} : (tensor<8x4xf64>, tensor<i1>, tensor<i64>, tensor<i64>) -> tensor<8x4xf64>
  return %r : tensor<8x4xf64>
}

func.func @dropout_known_false(%x: tensor<8x4xf64>, %seed: tensor<i64>, %step: tensor<i64>) -> tensor<8x4xf64> {
  %training = dl.constant dense<false> : tensor<i1>
  %r = dl.dropout %x, %training, %seed, %step {rate = 0.4 : f64, stream = 1 : i64} : (tensor<8x4xf64>, tensor<i1>, tensor<i64>, tensor<i64>) -> tensor<8x4xf64>
  return %r : tensor<8x4xf64>
}
