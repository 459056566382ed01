// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-diagnostics --split-input-file
func.func @f(%x: tensor<2xf32>, %l: tensor<f32>) {
  // expected-error @below {{'dl.gradient' op yields nothing; the first value is the scalar that is differentiated}}
  %g = dl.gradient wrt(%x : tensor<2xf32>) {
    dl.yield
  } : tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %l: tensor<f32>) {
  // expected-error @below {{'dl.gradient' op differentiates a value of type 'tensor<2xf32>', expected a scalar of floats}}
  %g:2 = dl.gradient wrt(%x : tensor<2xf32>) {
    dl.yield %x : tensor<2xf32>
  } : tensor<2xf32>, tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %l: tensor<f32>) {
  // expected-error @below {{'dl.gradient' op has 1 results, expected 1 values and 1 gradients}}
  %g = dl.gradient wrt(%x : tensor<2xf32>) {
    dl.yield %l : tensor<f32>
  } : tensor<f32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %l: tensor<f32>) {
  // expected-error @below {{'dl.gradient' op yields 'tensor<f32>' as 'tensor<f64>'}}
  %g:2 = dl.gradient wrt(%x : tensor<2xf32>) {
    dl.yield %l : tensor<f32>
  } : tensor<f64>, tensor<2xf32>
  return
}

// -----
func.func @f(%x: tensor<2xf32>, %l: tensor<f32>) {
  // expected-error @below {{'dl.gradient' op gradient of 'tensor<2xf32>' has type 'tensor<3xf32>'}}
  %g:2 = dl.gradient wrt(%x : tensor<2xf32>) {
    dl.yield %l : tensor<f32>
  } : tensor<f32>, tensor<3xf32>
  return
}

// -----
func.func @f(%h: tensor<2xf32>, %xs: tensor<3x2xf32>, %k: tensor<f32>) {
  // expected-error @below {{'dl.scan' op body takes 1 arguments, expected 2}}
  %r = dl.scan init(%h) over(%xs) length 3 {
  ^bb0(%c: tensor<2xf32>):
    dl.yield %c : tensor<2xf32>
  } : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%h: tensor<2xf32>, %xs: tensor<3x2xf32>, %k: tensor<f32>) {
  // expected-error @below {{'dl.scan' op body must yield 1 carries and one value for each stacked result}}
  %r = dl.scan init(%h) over(%xs) length 3 {
  ^bb0(%c: tensor<2xf32>, %x: tensor<2xf32>):
    dl.yield %c, %x : tensor<2xf32>, tensor<2xf32>
  } : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%h: tensor<2xf32>, %xs: tensor<3x2xf32>, %k: tensor<f32>) {
  // expected-error @below {{'dl.scan' op length "time -" is no dimension expression}}
  %r = dl.scan init(%h) over(%xs) length "time -" {
  ^bb0(%c: tensor<2xf32>, %x: tensor<2xf32>):
    dl.yield %c : tensor<2xf32>
  } : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%h: tensor<2xf32>, %xs: tensor<3x2xf32>, %k: tensor<f32>) {
  // expected-error @below {{'dl.scan' op carry 0 changes type: 'tensor<2xf32>', yields 'tensor<f32>'}}
  %r = dl.scan init(%h) with(%k) length 3 {
  ^bb0(%c: tensor<2xf32>, %x: tensor<f32>):
    dl.yield %x : tensor<f32>
  } : (tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%h: tensor<2xf32>, %xs: tensor<3x2xf32>, %k: tensor<f32>) {
  // expected-error @below {{'dl.scan' op sequence 0 is 'tensor<3x2xf32>', its slice is 'tensor<3xf32>'}}
  %r = dl.scan init(%h) over(%xs) length 3 {
  ^bb0(%c: tensor<2xf32>, %x: tensor<3xf32>):
    dl.yield %c : tensor<2xf32>
  } : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%h: tensor<2xf32>, %xs: tensor<3x2xf32>, %k: tensor<f32>) {
  // expected-error @below {{'dl.scan' op sequence 0 has 3 steps, length is 4}}
  %r = dl.scan init(%h) over(%xs) length 4 {
  ^bb0(%c: tensor<2xf32>, %x: tensor<2xf32>):
    dl.yield %c : tensor<2xf32>
  } : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%h: tensor<2xf32>, %xs: tensor<3x2xf32>, %k: tensor<f32>) {
  // expected-error @below {{'dl.scan' op constant 0 changes type}}
  %r = dl.scan init(%h) with(%k) length 3 {
  ^bb0(%c: tensor<2xf32>, %x: tensor<2xf32>):
    dl.yield %c : tensor<2xf32>
  } : (tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  return
}

// -----
func.func @f(%h: tensor<2xf32>, %xs: tensor<3x2xf32>, %k: tensor<f32>) {
  // expected-error @below {{'dl.scan' op stacked result 0 is 'tensor<3x3xf32>', the body yields 'tensor<2xf32>'}}
  %r:2 = dl.scan init(%h) over(%xs) length 3 {
  ^bb0(%c: tensor<2xf32>, %x: tensor<2xf32>):
    dl.yield %c, %x : tensor<2xf32>, tensor<2xf32>
  } : (tensor<2xf32>, tensor<3x2xf32>) -> (tensor<2xf32>, tensor<3x3xf32>)
  return
}

// -----
func.func @f(%h: tensor<2xf32>, %xs: tensor<3x2xf32>, %k: tensor<f32>) {
  // expected-error @below {{'dl.scan' op stacked result 0 has 4 steps, length is 3}}
  %r:2 = dl.scan init(%h) over(%xs) length 3 {
  ^bb0(%c: tensor<2xf32>, %x: tensor<2xf32>):
    dl.yield %c, %x : tensor<2xf32>, tensor<2xf32>
  } : (tensor<2xf32>, tensor<3x2xf32>) -> (tensor<2xf32>, tensor<4x2xf32>)
  return
}
