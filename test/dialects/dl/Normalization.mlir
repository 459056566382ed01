// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @below {{'dl.softmax' op axis names axis 2 of a tensor of rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.softmax %x {axis = 2 : i64} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @below {{'dl.log_softmax' op axis names axis -1 of a tensor of rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.log_softmax %x {axis = -1 : i64} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<2x3xf32>, %z: tensor<3xf32>) {
  // expected-error @below {{'dl.layer_norm' op scale has rank 2, expected 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.layer_norm %x, %y, %z {axis = 1 : i64, epsilon = 0.0 : f64} : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<3xf32>, %z: tensor<4xf32>) {
  // expected-error @below {{'dl.layer_norm' op bias has extent 4 in axis 0, expected 3}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.layer_norm %x, %y, %z {axis = 1 : i64, epsilon = 0.0 : f64} : (tensor<2x3xf32>, tensor<3xf32>, tensor<4xf32>) -> tensor<2x3xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %y: tensor<2xf32>, %z: tensor<2xf32>, %w: tensor<2xf32>, %u: tensor<2xf32>) {
  // expected-error @below {{'dl.batch_norm' op input has rank 1, expected 2 or more}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.batch_norm %x, %y, %z, %w, %u {epsilon = 0.0 : f64} : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<3xf32>, %z: tensor<3xf32>, %w: tensor<3xf32>, %u: tensor<2xf32>) {
  // expected-error @below {{'dl.batch_norm' op variance has extent 2 in axis 0, expected 3}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.batch_norm %x, %y, %z, %w, %u {epsilon = 0.0 : f64} : (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<2xf32>) -> tensor<2x3xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<2xf32>, %z: tensor<3xf32>) {
  // expected-error @below {{'dl.batch_norm_train' op scale has extent 2 in axis 0, expected 3}}
  // expected-error @below {{failed to infer returned types}}
  %r:3 = dl.batch_norm_train %x, %y, %z {epsilon = 0.0 : f64} : (tensor<2x3xf32>, tensor<2xf32>, tensor<3xf32>) -> (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>)
  return
}
