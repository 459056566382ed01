// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
func.func @f() {
  // expected-error @below {{'dl.iota' op axis names axis 1 of a tensor of rank 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.iota {axis = 1 : i64, dims = [3]} : () -> tensor<3xi64>
  return
}

// -----
func.func @f() {
  // expected-error @below {{extent "n +" is neither an integer nor a dimension expression}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.iota {axis = 0 : i64, dims = ["n +"]} : () -> tensor<?xi64>
  return
}

// -----
func.func @f() {
  // expected-error @below {{extent -1 : i64 is negative}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.iota {axis = 0 : i64, dims = [-1]} : () -> tensor<?xi64>
  return
}

// -----
func.func @f() {
  // expected-error @below {{'dl.iota' op inferred type(s) 'tensor<3xi64>' are incompatible with return type(s) of operation 'tensor<4xi64>'}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.iota {axis = 0 : i64, dims = [3]} : () -> tensor<4xi64>
  return
}

// -----
func.func @f(%x: tensor<3xf32>) {
  // expected-error @below {{'dl.dim' op axis names axis 1 of a tensor of rank 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.dim %x {axis = 1 : i64} : (tensor<3xf32>) -> tensor<i64>
  return
}

// -----
func.func @f() {
  // expected-error @below {{'dl.extent' op "2 n" is neither an integer nor a dimension expression}}
  %r = dl.extent {dim = "2 n"} : () -> tensor<i64>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @below {{'dl.broadcast' op input of rank 2 does not broadcast to rank 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.broadcast %x {dims = [3]} : (tensor<2x3xf32>) -> tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>) {
  // expected-error @below {{'dl.broadcast' op extent 2 in axis 0 does not broadcast to 3}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.broadcast %x {dims = [4, 3]} : (tensor<2xf32>) -> tensor<4x3xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @below {{'dl.reshape' op input has 6 elements, result has 8}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.reshape %x {dims = [8]} : (tensor<2x3xf32>) -> tensor<8xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @below {{'dl.transpose' op permutation has 1 axes, input has rank 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.transpose %x {permutation = array<i64: 0>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @below {{'dl.transpose' op permutation names axis 1 twice}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.transpose %x {permutation = array<i64: 1, 1>} : (tensor<2x3xf32>) -> tensor<3x3xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>) {
  // expected-error @below {{'dl.slice' op expected one start, extent and stride for each of 2 axes}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.slice %x {starts = [0], dims = [2, 3], strides = array<i64: 1, 1>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>) {
  // expected-error @below {{'dl.slice' op stride 0 in axis 0 is not positive}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.slice %x {starts = [0], dims = [3], strides = array<i64: 0>} : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>) {
  // expected-error @below {{'dl.slice' op extent of axis 0 is 3, expected at least 4}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.slice %x {starts = [1], dims = [2], strides = array<i64: 2>} : (tensor<3xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>, %y: tensor<f32>) {
  // expected-error @below {{'dl.pad' op expected one low, high and interior for each of 1 axes}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.pad %x, %y {low = [0, 0], high = [0], interior = array<i64: 0>} : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>, %y: tensor<1xf32>) {
  // expected-error @below {{'dl.pad' op padding value has rank 1, expected 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.pad %x, %y {low = [0], high = [0], interior = array<i64: 0>} : (tensor<3xf32>, tensor<1xf32>) -> tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>, %y: tensor<f32>) {
  // expected-error @below {{'dl.pad' op interior -1 in axis 0 is negative}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.pad %x, %y {low = [0], high = [0], interior = array<i64: -1>} : (tensor<3xf32>, tensor<f32>) -> tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>, %y: tensor<f32>) {
  // expected-error @below {{extent -1 : i64 is negative}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.pad %x, %y {low = [-1], high = [0], interior = array<i64: 0>} : (tensor<3xf32>, tensor<f32>) -> tensor<2xf32>
  return
}

// -----
func.func @f() {
  // expected-error @below {{'dl.concat' op expected one operand or more}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.concat {axis = 0 : i64} : () -> tensor<0xf32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>) {
  // expected-error @below {{'dl.concat' op axis names axis 1 of a tensor of rank 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.concat %x {axis = 1 : i64} : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>, %y: tensor<3xf64>) {
  // expected-error @below {{'dl.concat' op operand 1 differs from the first in rank or element type}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.concat %x, %y {axis = 0 : i64} : (tensor<3xf32>, tensor<3xf64>) -> tensor<6xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3xf32>, %y: tensor<2x4xf32>) {
  // expected-error @below {{'dl.concat' op operand 1 has extent 4 in axis 1, expected 3}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.concat %x, %y {axis = 0 : i64} : (tensor<2x3xf32>, tensor<2x4xf32>) -> tensor<4x3xf32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>) {
  // expected-error @below {{'dl.reverse' op reverse names axis 1 of a tensor of rank 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.reverse %x {axes = array<i64: 1>} : (tensor<3xf32>) -> tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>, %y: tensor<2xi64>) {
  // expected-error @below {{'dl.gather' op axis names axis 1 of a tensor of rank 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.gather %x, %y {axis = 1 : i64} : (tensor<3xf32>, tensor<2xi64>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>, %y: tensor<2xf32>) {
  // expected-error @below {{'dl.gather' op operand #1 must be ranked tensor of}}
  %r = dl.gather %x, %y {axis = 0 : i64} : (tensor<3xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2xi64>, %y: tensor<2xf32>) {
  // expected-error @below {{'dl.scatter_add' op axis names axis 1 of a tensor of rank 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.scatter_add %x, %y {axis = 1 : i64, dims = [3]} : (tensor<2xi64>, tensor<2xf32>) -> tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<2xi64>, %y: tensor<2x1xf32>) {
  // expected-error @below {{'dl.scatter_add' op updates have rank 2, expected 1}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.scatter_add %x, %y {axis = 0 : i64, dims = [3]} : (tensor<2xi64>, tensor<2x1xf32>) -> tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<2xi64>, %y: tensor<4xf32>) {
  // expected-error @below {{'dl.scatter_add' op updates have extent 4 in axis 0, expected 2}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.scatter_add %x, %y {axis = 0 : i64, dims = [3]} : (tensor<2xi64>, tensor<4xf32>) -> tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<3xf32>) {
  // expected-error @below {{'dl.pack' op expected rank 2 or more and a positive width, given rank 1 and width 4}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.pack %x {width = 4 : i64} : (tensor<3xf32>) -> tensor<1x3x4xf32>
  return
}

// -----
func.func @f(%x: tensor<3x2xf32>) {
  // expected-error @below {{'dl.pack' op expected rank 2 or more and a positive width, given rank 2 and width 0}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.pack %x {width = 0 : i64} : (tensor<3x2xf32>) -> tensor<1x3x4xf32>
  return
}

// -----
func.func @f(%x: tensor<3x2xf32>) {
  // expected-error @below {{'dl.unpack' op input has rank 2, expected 3 or more}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.unpack %x {columns = 2 : i64} : (tensor<3x2xf32>) -> tensor<3x2xf32>
  return
}

// -----
func.func @f(%x: tensor<2x3x4xf32>) {
  // expected-error @below {{'dl.unpack' op number of columns in panels is 8, expected at least 9}}
  // expected-error @below {{failed to infer returned types}}
  %r = dl.unpack %x {columns = 9 : i64} : (tensor<2x3x4xf32>) -> tensor<3x9xf32>
  return
}
