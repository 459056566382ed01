// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
func.func @f(%x: tensor<1xi64>, %y: tensor<i64>) {
  // expected-error @below {{'dl.random_uniform' op operand #0 must be tensor<i64>}}
  %r = dl.random_uniform %x, %y {stream = 0 : i64, dims = [2]} : (tensor<1xi64>, tensor<i64>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<i64>, %y: tensor<i64>) {
  // expected-error @below {{'dl.random_bits' op requires attribute 'stream'}}
  %r = dl.random_bits %x, %y {dims = [2]} : (tensor<i64>, tensor<i64>) -> tensor<2xi32>
  return
}

// -----
func.func @f(%x: tensor<i64>, %y: tensor<i64>) {
  // expected-error @below {{extent -2 : i64 is negative}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.random_normal %x, %y {stream = 0 : i64, dims = [-2]} : (tensor<i64>, tensor<i64>) -> tensor<?xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %y: tensor<i1>, %z: tensor<i64>, %w: tensor<i64>) {
  // expected-error @below {{'dl.dropout' op rate is 1.000000e+00, expected 0 <= rate < 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.dropout %x, %y, %z, %w {rate = 1.0 : f64, stream = 0 : i64} : (tensor<2xf32>, tensor<i1>, tensor<i64>, tensor<i64>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %y: tensor<1xi1>, %z: tensor<i64>, %w: tensor<i64>) {
  // expected-error @below {{'dl.dropout' op training flag has rank 1, expected 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.dropout %x, %y, %z, %w {rate = 0.5 : f64, stream = 0 : i64} : (tensor<2xf32>, tensor<1xi1>, tensor<i64>, tensor<i64>) -> tensor<2xf32>
  return
}
