// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
func.func @f(%x: tensor<f32>, %y: tensor<i64>) {
  // expected-error @below {{'dl.cross_entropy' op logits have rank 0, expected 1 or more}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.cross_entropy %x, %y : (tensor<f32>, tensor<i64>) -> tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<2x3xi64>) {
  // expected-error @below {{'dl.cross_entropy' op labels has rank 2, expected 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.cross_entropy %x, %y : (tensor<2x3xf32>, tensor<2x3xi64>) -> tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<3xi64>) {
  // expected-error @below {{'dl.cross_entropy' op labels has extent 3 in axis 0, expected 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.cross_entropy %x, %y : (tensor<2x3xf32>, tensor<3xi64>) -> tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<2x4xf32>) {
  // expected-error @below {{'dl.mse' op targets has extent 4 in axis 1, expected 3}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.mse %x, %y : (tensor<2x3xf32>, tensor<2x4xf32>) -> tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<2xf32>) {
  // expected-error @below {{'dl.cross_entropy_dense' op targets has rank 1, expected 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.cross_entropy_dense %x, %y : (tensor<2x3xf32>, tensor<2xf32>) -> tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %y: tensor<1xf32>) {
  // expected-error @below {{'dl.bce_with_logits' op targets has extent 1 in axis 0, expected 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.bce_with_logits %x, %y : (tensor<2xf32>, tensor<1xf32>) -> tensor<f32>
  return
}
