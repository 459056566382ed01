// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
func.func @f(%x: tensor<2xf32>, %y: tensor<3xf32>, %z: tensor<f32>) {
  // expected-error @below {{'dl.sgd' op gradient has extent 3 in axis 0, expected 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.sgd %x, %y, %z : (tensor<2xf32>, tensor<3xf32>, tensor<f32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %y: tensor<2xf32>, %z: tensor<1xf32>) {
  // expected-error @below {{'dl.sgd' op operand #2 must be tensor<f32> or tensor<f64>}}
  %r = dl.sgd %x, %y, %z : (tensor<2xf32>, tensor<2xf32>, tensor<1xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %y: tensor<2xf32>, %z: tensor<2x1xf32>, %w: tensor<f32>) {
  // expected-error @below {{'dl.momentum' op velocity has rank 2, expected 1}}
  // expected-error @below {{failed to infer returned types}}
  %r:2 = dl.momentum %x, %y, %z, %w {momentum = 0.9 : f64} : (tensor<2xf32>, tensor<2xf32>, tensor<2x1xf32>, tensor<f32>) -> (tensor<2xf32>, tensor<2xf32>)
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %y: tensor<2xf32>, %z: tensor<2xf32>, %w: tensor<3xf32>, %u: tensor<f32>, %v: tensor<i64>) {
  // expected-error @below {{'dl.adam' op second moment has extent 3 in axis 0, expected 2}}
  // expected-error @below {{failed to infer returned types}}
  %r:3 = dl.adam %x, %y, %z, %w, %u, %v : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<3xf32>, tensor<f32>, tensor<i64>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>)
  return
}
