// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
func.func @f(%x: tensor<2x3xf32>, %y: tensor<3x2xf32>) {
  // expected-error @below {{'dl.contract' op lhs has 1 batch axes, rhs has 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.contract %x, %y {lhs_batch = array<i64: 0>} : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x3xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<3x2xf32>) {
  // expected-error @below {{'dl.contract' op lhs has 1 contracting axes, rhs has 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.contract %x, %y {lhs_contract = array<i64: 0>} : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x3xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<3x2xf32>) {
  // expected-error @below {{'dl.contract' op lhs names axis 2 of a tensor of rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.contract %x, %y {lhs_contract = array<i64: 2>, rhs_contract = array<i64: 0>} : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x3xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<3x2xf32>) {
  // expected-error @below {{'dl.contract' op rhs names axis 0 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.contract %x, %y {lhs_batch = array<i64: 0>, rhs_batch = array<i64: 0>, lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x3xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<3x2xf32>) {
  // expected-error @below {{'dl.contract' op batch extents differ: lhs has 2, rhs has 3}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.contract %x, %y {lhs_batch = array<i64: 0>, rhs_batch = array<i64: 0>} : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x3x2xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<4x2xf32>) {
  // expected-error @below {{'dl.contract' op contracting extents differ: lhs has 3, rhs has 4}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.contract %x, %y {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<2x3xf32>, tensor<4x2xf32>) -> tensor<2x2xf32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>, %y: tensor<3x2xf32>) {
  // expected-error @below {{'dl.matmul' op operands have rank 1 and 2, expected 2 or more}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.matmul %x, %y : (tensor<3xf32>, tensor<3x2xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<4x2xf32>) {
  // expected-error @below {{'dl.matmul' op inner extents differ: lhs has 3, rhs has 4}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.matmul %x, %y : (tensor<2x3xf32>, tensor<4x2xf32>) -> tensor<2x2xf32>
  return
}

// -----
func.func @f(%x: tensor<2x1x3xf32>, %y: tensor<3x3x1xf32>) {
  // expected-error @below {{'dl.matmul' op operands do not broadcast: extents 2 and 3 in axis 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.matmul %x, %y : (tensor<2x1x3xf32>, tensor<3x3x1xf32>) -> tensor<3x1x1xf32>
  return
}
