// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-gradcheck %s
// Gradients of gradients: what dl.gradient leaves is differentiated again.

func.func @of_a_network(%x: tensor<?x3xf64> {dl.dims = ["n", 3]}, %w: tensor<3x4xf64>, %y: tensor<?xi64> {dl.dims = ["n"]}) -> (tensor<f64>, tensor<3x4xf64>) {
  %l, %g = dl.gradient wrt(%w : tensor<3x4xf64>) {
    %p = dl.matmul %x, %w : (tensor<?x3xf64>, tensor<3x4xf64>) -> tensor<?x4xf64>
    %a = dl.gelu %p : (tensor<?x4xf64>) -> tensor<?x4xf64>
    %s = dl.softmax %a {axis = 1 : i64} : (tensor<?x4xf64>) -> tensor<?x4xf64>
    %c = dl.cross_entropy %s, %y : (tensor<?x4xf64>, tensor<?xi64>) -> tensor<f64>
    dl.yield %c : tensor<f64>
  } : tensor<f64>, tensor<3x4xf64>
  return %l, %g : tensor<f64>, tensor<3x4xf64>
}

// An inner gradient inside an outer one inside the check: third order.
func.func @nested(%x: tensor<3xf64>) -> tensor<3xf64> {
  %l, %g = dl.gradient wrt(%x : tensor<3xf64>) {
    %inner, %d = dl.gradient wrt(%x : tensor<3xf64>) {
      %s = dl.sin %x : (tensor<3xf64>) -> tensor<3xf64>
      %e = dl.exp %s : (tensor<3xf64>) -> tensor<3xf64>
      %r = dl.reduce_sum %e {axes = array<i64: 0>} : (tensor<3xf64>) -> tensor<f64>
      dl.yield %r : tensor<f64>
    } : tensor<f64>, tensor<3xf64>
    %q = dl.mul %d, %d : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    %t = dl.reduce_sum %q {axes = array<i64: 0>} : (tensor<3xf64>) -> tensor<f64>
    dl.yield %t : tensor<f64>
  } : tensor<f64>, tensor<3xf64>
  return %g : tensor<3xf64>
}

func.func @of_a_loop(%x: tensor<3xf64>, %w: tensor<3xf64>) -> tensor<3xf64> {
  %l, %g = dl.gradient wrt(%w : tensor<3xf64>) {
    %h = dl.scan init(%x) with(%w) length 4 {
    ^bb0(%c: tensor<3xf64>, %u: tensor<3xf64>):
      %p = dl.mul %c, %u : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
      %t = dl.tanh %p : (tensor<3xf64>) -> tensor<3xf64>
      dl.yield %t : tensor<3xf64>
    } : (tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
    %r = dl.reduce_sum %h {axes = array<i64: 0>} : (tensor<3xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<3xf64>
  return %g : tensor<3xf64>
}

func.func @of_a_convolution(%x: tensor<1x2x4x4xf64>, %w: tensor<3x2x3x3xf64>) -> (tensor<1x2x4x4xf64>, tensor<3x2x3x3xf64>) {
  %l, %gx, %gw = dl.gradient wrt(%x : tensor<1x2x4x4xf64>, %w : tensor<3x2x3x3xf64>) {
    %y = dl.conv %x, %w {strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>}
        : (tensor<1x2x4x4xf64>, tensor<3x2x3x3xf64>) -> tensor<1x3x4x4xf64>
    %m = dl.max_pool %y {window = array<i64: 2, 2>, strides = array<i64: 2, 2>, low = array<i64: 0, 0>, high = array<i64: 0, 0>}
        : (tensor<1x3x4x4xf64>) -> tensor<1x3x2x2xf64>
    %t = dl.tanh %m : (tensor<1x3x2x2xf64>) -> tensor<1x3x2x2xf64>
    %r = dl.reduce_mean %t {axes = array<i64: 0, 1, 2, 3>} : (tensor<1x3x2x2xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<1x2x4x4xf64>, tensor<3x2x3x3xf64>
  return %gx, %gw : tensor<1x2x4x4xf64>, tensor<3x2x3x3xf64>
}

func.func @of_normalisations(%x: tensor<4x3xf64>, %s: tensor<3xf64>, %b: tensor<3xf64>) -> tensor<4x3xf64> {
  %l, %g = dl.gradient wrt(%x : tensor<4x3xf64>) {
    %n = dl.layer_norm %x, %s, %b {axis = 1 : i64, epsilon = 1.0e-2 : f64} : (tensor<4x3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<4x3xf64>
    %y, %m, %v = dl.batch_norm_train %n, %s, %b {epsilon = 1.0e-2 : f64} : (tensor<4x3xf64>, tensor<3xf64>, tensor<3xf64>) -> (tensor<4x3xf64>, tensor<3xf64>, tensor<3xf64>)
    %q = dl.silu %y : (tensor<4x3xf64>) -> tensor<4x3xf64>
    %r = dl.reduce_sum %q {axes = array<i64: 0, 1>} : (tensor<4x3xf64>) -> tensor<f64>
    dl.yield %r : tensor<f64>
  } : tensor<f64>, tensor<4x3xf64>
  return %g : tensor<4x3xf64>
}
