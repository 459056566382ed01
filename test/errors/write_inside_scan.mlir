// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --thread-state --verify-diagnostics
dl.parameter @w : tensor<f32> = #dl.ones
func.func @entry(%xs: tensor<4xf32>) -> tensor<4xf32> attributes {dl.entry} {
  // expected-note @below {{the region begins here}}
  %ys = dl.scan over(%xs) length 4 {
  ^bb0(%x: tensor<f32>):
    // expected-error @below {{writes @w inside dl.scan; state is written in the function's own body}}
    dl.write @w, %x : tensor<f32>
    dl.yield %x : tensor<f32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return %ys : tensor<4xf32>
}
