// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
func.func @f(%x: tensor<1x2x5xf32>, %y: tensor<4x2x3x3xf32>) {
  // expected-error @below {{'dl.conv' op operands have rank 3 and 4, expected equal ranks of 3 to 5}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.conv %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>} : (tensor<1x2x5xf32>, tensor<4x2x3x3xf32>) -> tensor<1x4x3xf32>
  return
}

// -----
func.func @f(%x: tensor<1x2xf32>, %y: tensor<4x2xf32>) {
  // expected-error @below {{'dl.conv' op operands have rank 2 and 2, expected equal ranks of 3 to 5}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.conv %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>} : (tensor<1x2xf32>, tensor<4x2xf32>) -> tensor<1x4xf32>
  return
}

// -----
func.func @f(%x: tensor<1x2x5xf32>, %y: tensor<4x2x3xf32>) {
  // expected-error @below {{'dl.conv' op expected one stride, dilation, low and high for each of 1 spatial axes}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.conv %x, %y {strides = array<i64: 1, 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>} : (tensor<1x2x5xf32>, tensor<4x2x3xf32>) -> tensor<1x4x3xf32>
  return
}

// -----
func.func @f(%x: tensor<1x2x5xf32>, %y: tensor<4x2x3xf32>) {
  // expected-error @below {{'dl.conv' op strides and dilations are positive and padding is not negative}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.conv %x, %y {strides = array<i64: 0>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>} : (tensor<1x2x5xf32>, tensor<4x2x3xf32>) -> tensor<1x4x3xf32>
  return
}

// -----
func.func @f(%x: tensor<1x2x5xf32>, %y: tensor<4x2x3xf32>) {
  // expected-error @below {{'dl.conv' op has 0 groups, expected 1 or more}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.conv %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>, groups = 0 : i64} : (tensor<1x2x5xf32>, tensor<4x2x3xf32>) -> tensor<1x4x3xf32>
  return
}

// -----
func.func @f(%x: tensor<1x2x5xf32>, %y: tensor<4x2x3xf32>) {
  // expected-error @below {{'dl.conv' op input has 2 channels, filter takes 2 in 2 groups}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.conv %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>, groups = 2 : i64} : (tensor<1x2x5xf32>, tensor<4x2x3xf32>) -> tensor<1x4x3xf32>
  return
}

// -----
func.func @f(%x: tensor<1x2x5xf32>, %y: tensor<3x1x3xf32>) {
  // expected-error @below {{'dl.conv' op output channels 3 are no multiple of 2 groups}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.conv %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>, groups = 2 : i64} : (tensor<1x2x5xf32>, tensor<3x1x3xf32>) -> tensor<1x3x3xf32>
  return
}

// -----
func.func @f(%x: tensor<1x2x5xf32>, %y: tensor<4x2x3xf32>) {
  // expected-error @below {{'dl.conv' op padded extent of spatial axis 0 is 5, expected at least 9}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.conv %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 4>} : (tensor<1x2x5xf32>, tensor<4x2x3xf32>) -> tensor<1x4x3xf32>
  return
}

// -----
func.func @f(%x: tensor<1x4x4xf32>, %y: tensor<4x2x3xf32>) {
  // expected-error @below {{'dl.conv_input_grad' op cotangent has extent 4 in axis 2, expected 3}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.conv_input_grad %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>, dims = [1, 2, 5]} : (tensor<1x4x4xf32>, tensor<4x2x3xf32>) -> tensor<1x2x5xf32>
  return
}

// -----
func.func @f(%x: tensor<1x4x3xf32>, %y: tensor<4x2x3xf32>) {
  // expected-error @below {{'dl.conv_input_grad' op operands have rank 4 and 3, expected equal ranks of 3 to 5}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.conv_input_grad %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>, dims = [1, 2, 5, 5]} : (tensor<1x4x3xf32>, tensor<4x2x3xf32>) -> tensor<1x2x5x5xf32>
  return
}

// -----
func.func @f(%x: tensor<1x2x5xf32>, %y: tensor<1x3x3xf32>) {
  // expected-error @below {{'dl.conv_filter_grad' op cotangent has extent 3 in axis 1, expected 4}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.conv_filter_grad %x, %y {strides = array<i64: 1>, low = array<i64: 0>, high = array<i64: 0>, dilations = array<i64: 1>, dims = [4, 2, 3]} : (tensor<1x2x5xf32>, tensor<1x3x3xf32>) -> tensor<4x2x3xf32>
  return
}
