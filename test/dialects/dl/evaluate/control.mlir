// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-evaluate %s --verify-diagnostics
func.func @gradient(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry, dl.inputs = [dense<0.0> : tensor<f32>]} {
  // expected-error @below {{'dl.gradient' op is not evaluated: run the pass Differentiate first}}
  %l, %g = dl.gradient wrt(%x : tensor<f32>) {
    %y = dl.mul %x, %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
    dl.yield %y : tensor<f32>
  } : tensor<f32>, tensor<f32>
  return %g : tensor<f32>
}

// expected-error @below {{calls itself: recursion is refused}}
func.func private @forever(%x: tensor<f32>) -> tensor<f32> {
  %y = func.call @forever(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
func.func @recursion(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry, dl.inputs = [dense<0.0> : tensor<f32>]} {
  %y = func.call @forever(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}

func.func private @declared(tensor<f32>) -> tensor<f32>
func.func @no_body(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry, dl.inputs = [dense<0.0> : tensor<f32>]} {
  // expected-error @below {{'func.call' op calls @declared, which has no body}}
  %y = func.call @declared(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
