// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @below {{'dl.reduce_sum' op reduction names axis 2 of a tensor of rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.reduce_sum %x {axes = array<i64: 2>} : (tensor<2x3xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @below {{'dl.reduce_max' op reduction names axis -1 of a tensor of rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.reduce_max %x {axes = array<i64: -1>} : (tensor<2x3xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @below {{'dl.reduce_mean' op reduction names axis 0 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.reduce_mean %x {axes = array<i64: 0, 0>} : (tensor<2x3xf32>) -> tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @below {{'dl.argmax' op axis names axis 2 of a tensor of rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.argmax %x {axis = 2 : i64} : (tensor<2x3xf32>) -> tensor<2xi64>
  return
}

// -----
func.func @f(%x: tensor<f32>) {
  // expected-error @below {{'dl.argmin' op axis names axis 0 of a tensor of rank 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.argmin %x {axis = 0 : i64} : (tensor<f32>) -> tensor<i64>
  return
}

// -----
func.func @f(%x: tensor<3xf32>) {
  // expected-error @below {{'dl.cumsum' op axis names axis 1 of a tensor of rank 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.cumsum %x {axis = 1 : i64} : (tensor<3xf32>) -> tensor<3xf32>
  return
}
