// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is prepared may be made of something else that is prepared and read.
// RUN: dlc-verify %s
dl.parameter @w : tensor<4xf64> = #dl.ones
func.func @f(%x: tensor<2x3xf64>) -> (tensor<f64>, tensor<2x3xf64>, tensor<4xf64>) attributes {dl.entry} {
  %half = dl.constant dense<0.5> : tensor<f64>
  %k = dl.cos %half : (tensor<f64>) -> tensor<f64>
  %s = dl.reduce_sum %x {axes = array<i64: 0, 1>} : (tensor<2x3xf64>) -> tensor<f64>
  %m = dl.mul %s, %k : (tensor<f64>, tensor<f64>) -> tensor<f64>
  %one = dl.reshape %k {dims = [1, 1]} : (tensor<f64>) -> tensor<1x1xf64>
  %wide = dl.broadcast %one {dims = [2, 3]} : (tensor<1x1xf64>) -> tensor<2x3xf64>
  %w = dl.read @w : tensor<4xf64>
  %v = dl.mul %w, %k : (tensor<4xf64>, tensor<f64>) -> tensor<4xf64>
  return %m, %wide, %v : tensor<f64>, tensor<2x3xf64>, tensor<4xf64>
}
