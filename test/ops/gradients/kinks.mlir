// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --differentiate | dlc-evaluate
// Where there is no derivative, the table of choices: each gradient at its kinks.

// abs'(0) = 0
func.func @abs(%x: tensor<3xf64>) -> tensor<3xf64> attributes {dl.inputs = [dense<[-2.0, 0.0, 2.0]> : tensor<3xf64>], dl.expect = [dense<[-1.0, 0.0, 1.0]> : tensor<3xf64>], dl.ulps = 1 : i64} {
  %l, %g = dl.gradient wrt(%x : tensor<3xf64>) {
    %y = dl.abs %x : (tensor<3xf64>) -> tensor<3xf64>
    %r = dl.reduce_sum %y {axes = array<i64: 0>} : (tensor<3xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<3xf64>
  return %g : tensor<3xf64>
}
// relu'(0) = 0
func.func @relu(%x: tensor<3xf64>) -> tensor<3xf64> attributes {dl.inputs = [dense<[-2.0, 0.0, 2.0]> : tensor<3xf64>], dl.expect = [dense<[0.0, 0.0, 1.0]> : tensor<3xf64>]} {
  %l, %g = dl.gradient wrt(%x : tensor<3xf64>) {
    %y = dl.relu %x : (tensor<3xf64>) -> tensor<3xf64>
    %r = dl.reduce_sum %y {axes = array<i64: 0>} : (tensor<3xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<3xf64>
  return %g : tensor<3xf64>
}
// leaky_relu'(0) = alpha
func.func @leaky_relu(%x: tensor<3xf64>) -> tensor<3xf64> attributes {dl.inputs = [dense<[-2.0, 0.0, 2.0]> : tensor<3xf64>], dl.expect = [dense<[0.5, 0.5, 1.0]> : tensor<3xf64>]} {
  %l, %g = dl.gradient wrt(%x : tensor<3xf64>) {
    %y = dl.leaky_relu %x {alpha = 0.5 : f64} : (tensor<3xf64>) -> tensor<3xf64>
    %r = dl.reduce_sum %y {axes = array<i64: 0>} : (tensor<3xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<3xf64>
  return %g : tensor<3xf64>
}
// hard_sigmoid is flat at both kinks
func.func @hard_sigmoid(%x: tensor<3xf64>) -> tensor<3xf64> attributes {dl.inputs = [dense<[-1.0, 0.0, 1.0]> : tensor<3xf64>], dl.expect = [dense<[0.0, 0.5, 0.0]> : tensor<3xf64>]} {
  %l, %g = dl.gradient wrt(%x : tensor<3xf64>) {
    %y = dl.hard_sigmoid %x {alpha = 0.5 : f64, beta = 0.5 : f64} : (tensor<3xf64>) -> tensor<3xf64>
    %r = dl.reduce_sum %y {axes = array<i64: 0>} : (tensor<3xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<3xf64>
  return %g : tensor<3xf64>
}
// clamp: 1 at both bounds
func.func @clamp(%x: tensor<4xf64>) -> tensor<4xf64> attributes {dl.inputs = [dense<[-2.0, -1.0, 1.0, 2.0]> : tensor<4xf64>], dl.expect = [dense<[0.0, 1.0, 1.0, 0.0]> : tensor<4xf64>]} {
  %low = dl.constant dense<-1.0> : tensor<f64>
  %high = dl.constant dense<1.0> : tensor<f64>
  %l, %g = dl.gradient wrt(%x : tensor<4xf64>) {
    %y = dl.clamp %x, %low, %high : (tensor<4xf64>, tensor<f64>, tensor<f64>) -> tensor<4xf64>
    %r = dl.reduce_sum %y {axes = array<i64: 0>} : (tensor<4xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<4xf64>
  return %g : tensor<4xf64>
}
// Ties of max and min share
func.func @max_tie(%x: tensor<2xf64>, %y: tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>) attributes {dl.inputs = [dense<[1.0, 3.0]> : tensor<2xf64>, dense<[1.0, 2.0]> : tensor<2xf64>], dl.expect = [dense<[0.5, 1.0]> : tensor<2xf64>, dense<[0.5, 0.0]> : tensor<2xf64>]} {
  %l, %g:2 = dl.gradient wrt(%x : tensor<2xf64>, %y : tensor<2xf64>) {
    %m = dl.max %x, %y : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
    %r = dl.reduce_sum %m {axes = array<i64: 0>} : (tensor<2xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<2xf64>, tensor<2xf64>
  return %g#0, %g#1 : tensor<2xf64>, tensor<2xf64>
}
func.func @min_tie(%x: tensor<2xf64>, %y: tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>) attributes {dl.inputs = [dense<[1.0, 3.0]> : tensor<2xf64>, dense<[1.0, 2.0]> : tensor<2xf64>], dl.expect = [dense<[0.5, 0.0]> : tensor<2xf64>, dense<[0.5, 1.0]> : tensor<2xf64>]} {
  %l, %g:2 = dl.gradient wrt(%x : tensor<2xf64>, %y : tensor<2xf64>) {
    %m = dl.min %x, %y : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
    %r = dl.reduce_sum %m {axes = array<i64: 0>} : (tensor<2xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<2xf64>, tensor<2xf64>
  return %g#0, %g#1 : tensor<2xf64>, tensor<2xf64>
}
// The first largest in row-major order takes all, over axes that are not the last ones too
func.func @reduce_max_first(%x: tensor<2x2x2xf64>) -> tensor<2x2x2xf64> attributes {dl.inputs = [dense<[[[1.0, 5.0], [7.0, 2.0]], [[7.0, 5.0], [7.0, 5.0]]]> : tensor<2x2x2xf64>], dl.expect = [dense<[[[0.0, 1.0], [1.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]]]> : tensor<2x2x2xf64>]} {
  %l, %g = dl.gradient wrt(%x : tensor<2x2x2xf64>) {
    %m = dl.reduce_max %x {axes = array<i64: 0, 1>} : (tensor<2x2x2xf64>) -> tensor<2xf64>
    %r = dl.reduce_sum %m {axes = array<i64: 0>} : (tensor<2xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<2x2x2xf64>
  return %g : tensor<2x2x2xf64>
}
// No zero: the others' product; one: only it has a gradient; two: none
func.func @reduce_prod_zeros(%x: tensor<3x3xf64>) -> tensor<3x3xf64> attributes {dl.inputs = [dense<[[2.0, 4.0, 8.0], [2.0, 0.0, 8.0], [0.0, 4.0, 0.0]]> : tensor<3x3xf64>], dl.expect = [dense<[[32.0, 16.0, 8.0], [0.0, 16.0, 0.0], [0.0, 0.0, 0.0]]> : tensor<3x3xf64>]} {
  %l, %g = dl.gradient wrt(%x : tensor<3x3xf64>) {
    %m = dl.reduce_prod %x {axes = array<i64: 1>} : (tensor<3x3xf64>) -> tensor<3xf64>
    %r = dl.reduce_sum %m {axes = array<i64: 0>} : (tensor<3xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<3x3xf64>
  return %g : tensor<3x3xf64>
}
// 0^0, 0^2 and x^0
func.func @pow_zeros(%x: tensor<3xf64>, %y: tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>) attributes {dl.inputs = [dense<[0.0, 0.0, 1.0]> : tensor<3xf64>, dense<[0.0, 2.0, 0.0]> : tensor<3xf64>], dl.expect = [dense<0.0> : tensor<3xf64>, dense<0.0> : tensor<3xf64>]} {
  %l, %g:2 = dl.gradient wrt(%x : tensor<3xf64>, %y : tensor<3xf64>) {
    %m = dl.pow %x, %y : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    %r = dl.reduce_sum %m {axes = array<i64: 0>} : (tensor<3xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<3xf64>, tensor<3xf64>
  return %g#0, %g#1 : tensor<3xf64>, tensor<3xf64>
}
