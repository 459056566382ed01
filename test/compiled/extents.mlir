// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Extents as values: no weight, but nothing that could be computed before a call either.
// RUN: dlc-verify %s --dim n=3,1,17,64
dl.parameter @w : tensor<5xf32> = #dl.normal<stream = 1, deviation = 1.0 : f64>

func.func @alone(%x: tensor<?x4xf32> {dl.dims = ["n", 4]}) -> (tensor<i64>, tensor<i64>) attributes {dl.entry} {
  %n = dl.dim %x {axis = 0 : i64} : (tensor<?x4xf32>) -> tensor<i64>
  %four = dl.dim %x {axis = 1 : i64} : (tensor<?x4xf32>) -> tensor<i64>
  return %n, %four : tensor<i64>, tensor<i64>
}

func.func @mean(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> (tensor<4xf64>, tensor<f64>) attributes {dl.entry} {
  %m = dl.reduce_mean %x {axes = array<i64: 0>} : (tensor<?x4xf64>) -> tensor<4xf64>
  %all = dl.reduce_mean %x {axes = array<i64: 0, 1>} : (tensor<?x4xf64>) -> tensor<f64>
  return %m, %all : tensor<4xf64>, tensor<f64>
}

func.func @with_weights(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<5xf32> attributes {dl.entry} {
  %w = dl.read @w : tensor<5xf32>
  %n = dl.dim %x {axis = 0 : i64} : (tensor<?xf32>) -> tensor<i64>
  %f = dl.cast %n : (tensor<i64>) -> tensor<f32>
  %r = dl.div %w, %f : (tensor<5xf32>, tensor<f32>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}

// A constant that is wanted in another shape only.
func.func @shaped_constant() -> tensor<2x3xf64> attributes {dl.entry} {
  %z = dl.constant dense<0.5> : tensor<f64>
  %b = dl.broadcast %z {dims = [6]} : (tensor<f64>) -> tensor<6xf64>
  %r = dl.reshape %b {dims = [2, 3]} : (tensor<6xf64>) -> tensor<2x3xf64>
  return %r : tensor<2x3xf64>
}
