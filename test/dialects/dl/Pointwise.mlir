// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
func.func @f(%x: tensor<4x2xf32>, %y: tensor<3xf32>) {
  // expected-error @below {{'dl.add' op operands do not broadcast: extents 2 and 3 in axis 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.add %x, %y : (tensor<4x2xf32>, tensor<3xf32>) -> tensor<4x3xf32>
  return
}

// -----
func.func @f(%x: tensor<i1>, %y: tensor<2xf32>, %z: tensor<3xf32>) {
  // expected-error @below {{'dl.select' op operands do not broadcast: extents 2 and 3 in axis 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.select %x, %y, %z : (tensor<i1>, tensor<2xf32>, tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<i1>, %y: tensor<2xf32>, %z: tensor<2xi32>) {
  // expected-error @below {{'dl.select' op selects between element types 'f32' and 'i32'}}
  %r = dl.select %x, %y, %z : (tensor<i1>, tensor<2xf32>, tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>) {
  // expected-error @below {{'dl.cast' op changes the shape from 'tensor<2xf32>' to 'tensor<3xi32>'}}
  %r = dl.cast %x : (tensor<2xf32>) -> tensor<3xi32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %y: tensor<2xf64>) {
  // expected-error @below {{'dl.mul' op requires the same element type for all operands}}
  %r = dl.mul %x, %y : (tensor<2xf32>, tensor<2xf64>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2xi32>) {
  // expected-error @below {{'dl.exp' op operand #0 must be ranked tensor of 64-bit float or 32-bit float or 16-bit float or bfloat16 type values, but got 'tensor<2xi32>'}}
  %r = dl.exp %x : (tensor<2xi32>) -> tensor<2xi32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %y: tensor<2xf32>) {
  // expected-error @below {{'dl.and' op operand #0 must be ranked tensor of}}
  %r = dl.and %x, %y : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %y: tensor<2xf32>) {
  // expected-error @below {{'dl.add' op inferred type(s) 'tensor<2xf32>' are incompatible with return type(s) of operation 'tensor<4xf32>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.add %x, %y : (tensor<2xf32>, tensor<2xf32>) -> tensor<4xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %y: tensor<2xf32>) {
  // expected-error @below {{'dl.compare' op result #0 must be ranked tensor of 1-bit signless integer values}}
  %r = dl.compare lt, %x, %y : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}
