// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-evaluate %s --verify-diagnostics
func.func @outside(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0]> : tensor<1xf32>]} {
  // expected-error @below {{'dl.slice' op extent of axis 0 is 1, expected at least 2}}
  %r = dl.slice %x {starts = [0], dims = [2], strides = array<i64: 1>} : (tensor<?xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}
