// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --differentiate --verify-diagnostics
// Every op without a gradient on the way is reported, loops included; those off the way are not.
func.func private @f(tensor<f32>) -> tensor<f32>
func.func @entry(%x: tensor<f32>, %xs: tensor<4xf32>) -> tensor<f32> attributes {dl.entry} {
  // expected-note @below {{differentiated here}}
  %loss, %g = dl.gradient wrt(%x : tensor<f32>) {
    // expected-error @below {{'func.call' op has no gradient, but lies between what is differentiated and the loss}}
    %y = func.call @f(%x) : (tensor<f32>) -> tensor<f32>
    %h = dl.scan init(%y) over(%xs) length 4 {
    ^bb0(%c: tensor<f32>, %e: tensor<f32>):
      // expected-error @below {{'func.call' op has no gradient, but lies between what is differentiated and the loss}}
      %z = func.call @f(%c) : (tensor<f32>) -> tensor<f32>
      dl.yield %z : tensor<f32>
    } : (tensor<f32>, tensor<4xf32>) -> tensor<f32>
    %unused = func.call @f(%x) : (tensor<f32>) -> tensor<f32>
    dl.yield %h : tensor<f32>
  } : tensor<f32>, tensor<f32>
  return %g : tensor<f32>
}
