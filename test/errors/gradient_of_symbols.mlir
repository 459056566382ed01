// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --differentiate --verify-diagnostics
dl.parameter @w : tensor<f32> = #dl.ones
func.func @entry() -> tensor<f32> attributes {dl.entry} {
  // expected-error @below {{is with respect to symbols; run thread-state first}}
  %loss, %g = dl.gradient wrt(@w) {
    %w = dl.read @w : tensor<f32>
    dl.yield %w : tensor<f32>
  } : tensor<f32>, tensor<f32>
  return %g : tensor<f32>
}
