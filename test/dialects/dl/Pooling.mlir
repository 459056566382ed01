// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
func.func @f(%x: tensor<1x4xf32>) {
  // expected-error @below {{'dl.max_pool' op input has rank 2, expected 3 to 5}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.max_pool %x {window = array<i64: 2>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<1x4xf32>) -> tensor<1x2xf32>
  return
}

// -----
func.func @f(%x: tensor<1x1x4xf32>) {
  // expected-error @below {{'dl.sum_pool' op expected one window, stride, low and high for each of 1 spatial axes}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.sum_pool %x {window = array<i64: 2, 2>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<1x1x4xf32>) -> tensor<1x1x2xf32>
  return
}

// -----
func.func @f(%x: tensor<1x1x4xf32>) {
  // expected-error @below {{'dl.max_pool' op windows and strides are positive and padding is not negative}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.max_pool %x {window = array<i64: 0>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<1x1x4xf32>) -> tensor<1x1x2xf32>
  return
}

// -----
func.func @f(%x: tensor<1x1x4xf32>) {
  // expected-error @below {{'dl.avg_pool' op padding 2 in spatial axis 0 is not smaller than the window 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.avg_pool %x {window = array<i64: 2>, strides = array<i64: 2>, low = array<i64: 2>, high = array<i64: 0>} : (tensor<1x1x4xf32>) -> tensor<1x1x3xf32>
  return
}

// -----
func.func @f(%x: tensor<1x1x4xf32>) {
  // expected-error @below {{'dl.max_pool' op padded extent of spatial axis 0 is 4, expected at least 5}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.max_pool %x {window = array<i64: 5>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<1x1x4xf32>) -> tensor<1x1x1xf32>
  return
}

// -----
func.func @f(%x: tensor<1x1x4xf32>, %y: tensor<1x1x2x1xf32>) {
  // expected-error @below {{'dl.max_pool_grad' op cotangent has rank 4, expected 3}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.max_pool_grad %x, %y {window = array<i64: 2>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<1x1x4xf32>, tensor<1x1x2x1xf32>) -> tensor<1x1x4xf32>
  return
}

// -----
func.func @f(%x: tensor<1x1x4xf32>, %y: tensor<1x1x3xf32>) {
  // expected-error @below {{'dl.max_pool_grad' op cotangent has extent 3 in axis 2, expected 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.max_pool_grad %x, %y {window = array<i64: 2>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<1x1x4xf32>, tensor<1x1x3xf32>) -> tensor<1x1x4xf32>
  return
}

// -----
func.func @f(%x: tensor<1x1x4xf32>, %y: tensor<1x1x1xf32>) {
  // expected-error @below {{'dl.max_pool_pick' op values have extent 1 in axis 2, expected 4}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.max_pool_pick %x, %y {window = array<i64: 2>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<1x1x4xf32>, tensor<1x1x1xf32>) -> tensor<1x1x2xf32>
  return
}

// -----
func.func @f(%x: tensor<1x1x4xf32>, %y: tensor<4xf32>) {
  // expected-error @below {{'dl.max_pool_pick' op values have rank 1, expected 3}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.max_pool_pick %x, %y {window = array<i64: 2>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>} : (tensor<1x1x4xf32>, tensor<4xf32>) -> tensor<1x1x2xf32>
  return
}

// -----
func.func @f(%x: tensor<1x1x3xf32>) {
  // expected-error @below {{'dl.sum_pool_grad' op cotangent has extent 3 in axis 2, expected 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.sum_pool_grad %x {window = array<i64: 2>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>, dims = [1, 1, 4]} : (tensor<1x1x3xf32>) -> tensor<1x1x4xf32>
  return
}
