// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
// expected-error @below {{'dl.parameter' op has type 'tensor<?xf32>', expected static extents}}
dl.parameter @w : tensor<?xf32> = #dl.zeros

// -----
// expected-error @below {{'dl.parameter' op is 'tensor<2xf32>', its value is 'tensor<3xf32>'}}
dl.parameter @w : tensor<2xf32> = dense<1.0> : tensor<3xf32>

// -----
// expected-error @below {{'dl.parameter' op has rank 1, fan-in needs 2 or more}}
dl.parameter @w : tensor<2xf32> = #dl.he_normal<stream = 1>

// -----
// expected-error @below {{'dl.parameter' op has element type 'i32', a random initialiser gives floats}}
dl.parameter @w : tensor<2xi32> = #dl.normal<stream = 1, deviation = 1.0 : f64>

// -----
// expected-error @below {{'dl.parameter' op attribute 'value' failed to satisfy constraint: an initialiser or elements}}
dl.parameter @w : tensor<2xi32> = 3 : i32

// -----
// expected-error @below {{'dl.slot' op is for unknown parameter @w}}
dl.slot @m for @w : tensor<2xf32> = #dl.zeros

// -----
// expected-error @below {{'dl.slot' op has type 'tensor<?xf32>', expected static extents}}
dl.slot @m : tensor<?xf32> = #dl.zeros

// -----
func.func @f() {
  // expected-error @below {{'dl.read' op @w is no parameter or slot}}
  %w = dl.read @w : tensor<2xf32>
  return
}

// -----
dl.parameter @w : tensor<2xf32> = #dl.zeros
func.func @f() {
  // expected-error @below {{'dl.read' op @w is 'tensor<2xf32>', given 'tensor<3xf32>'}}
  %w = dl.read @w : tensor<3xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>) {
  // expected-error @below {{'dl.write' op @f is no parameter or slot}}
  dl.write @f, %x : tensor<2xf32>
  return
}

// -----
dl.slot @m : tensor<2xf32> = #dl.zeros
func.func @f(%x: tensor<2xf64>) {
  // expected-error @below {{'dl.write' op @m is 'tensor<2xf32>', given 'tensor<2xf64>'}}
  dl.write @m, %x : tensor<2xf64>
  return
}
