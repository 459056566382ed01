// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --inline-calls --verify-diagnostics
func.func private @f(tensor<f32>) -> tensor<f32>
func.func @entry(%x: tensor<f32>) -> tensor<f32> attributes {dl.entry} {
  // expected-error @below {{calls @f, which has no body of one block}}
  %y = func.call @f(%x) : (tensor<f32>) -> tensor<f32>
  return %y : tensor<f32>
}
