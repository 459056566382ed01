// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --describe-interface --split-input-file --verify-diagnostics
// expected-error @below {{has no function with dl.entry: nothing to compile}}
module {}

// -----
// expected-error @below {{entry is called 'dl.initialise'; names beginning with 'dl.' are the compiler's}}
func.func @dl.initialise() attributes {dl.entry} { return }

// -----
// expected-error @below {{argument 'arg0' is 'i32', expected a tensor}}
func.func @f(%x: i32) attributes {dl.entry} { return }

// -----
// expected-error @below {{argument 'arg0' has a dynamic extent in axis 0 without a name; give it one with dl.dims}}
func.func @f(%x: tensor<?xf32>) attributes {dl.entry} { return }

// -----
// expected-error @below {{argument 'arg0' has extent '2*n' in axis 0; an argument's extent is a number or one name}}
func.func @f(%x: tensor<?xf32> {dl.dims = ["2*n"]}) attributes {dl.entry} { return }

// -----
// expected-error @below {{hyper-parameter 'rate' needs a dl.default of type 'f32'}}
func.func @f(%x: tensor<f32> {dl.name = "rate", dl.hyper, dl.default = 1 : i64}) attributes {dl.entry} { return }

// -----
// expected-error @below {{hyper-parameter 'rate' is 'tensor<2xf32>', expected rank 0}}
func.func @f(%x: tensor<2xf32> {dl.name = "rate", dl.hyper, dl.default = 1.0 : f32}) attributes {dl.entry} { return }

// -----
// expected-error @below {{has two arguments or results called 'x'}}
func.func @f(%x: tensor<f32> {dl.name = "x"}) -> (tensor<f32> {dl.name = "x"}) attributes {dl.entry} { return %x : tensor<f32> }

// -----
// expected-error @below {{result 'y' is declared with extent 'm' in axis 0, its body computes 'n'}}
func.func @f(%x: tensor<?xf32> {dl.dims = ["n"]}) -> (tensor<?xf32> {dl.name = "y", dl.dims = ["m"]}) attributes {dl.entry} { return %x : tensor<?xf32> }

// -----
// expected-error @below {{result 'y' has extent 'm' in axis 0, and 'm' is no dimension of an argument}}
func.func @f() -> (tensor<?xf32> {dl.name = "y"}) attributes {dl.entry} {
  %zero = dl.constant dense<0.0> : tensor<f32>
  %0 = dl.broadcast %zero {dims = ["m"]} : (tensor<f32>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// -----
func.func @f() -> tensor<4xf32> attributes {dl.entry} {
  %0 = dl.read @a : tensor<4xf32>
  return %0 : tensor<4xf32>
}
dl.parameter @a : tensor<4xf32> = #dl.zeros
// expected-error @below {{would be the second 'a' in a checkpoint}}
dl.slot @s "a" : tensor<4xf32> = #dl.zeros

// -----
func.func @f() attributes {dl.entry} { return }
// expected-error @below {{all state together is more than 2^46 bytes}}
dl.parameter @a : tensor<4294967296x4294967296xf32> = #dl.zeros
