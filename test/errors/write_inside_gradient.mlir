// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --thread-state --verify-diagnostics
dl.parameter @w : tensor<f32> = #dl.ones
func.func @entry() -> tensor<f32> attributes {dl.entry} {
  // expected-note @below {{the region begins here}}
  %loss, %g = dl.gradient wrt(@w) {
    %w = dl.read @w : tensor<f32>
    // expected-error @below {{writes @w inside dl.gradient; state is written in the function's own body}}
    dl.write @w, %w : tensor<f32>
    dl.yield %w : tensor<f32>
  } : tensor<f32>, tensor<f32>
  return %g : tensor<f32>
}
