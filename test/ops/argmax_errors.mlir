// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-evaluate %s --verify-diagnostics
func.func @nothing_to_choose(%x: tensor<2x?xf32> {dl.dims = [2, "n"]}) -> tensor<2xi64> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<2x0xf32>]} {
  // expected-error @below {{'dl.argmax' op extent of axis 1 is 0, expected at least 1}}
  %r = dl.argmax %x {axis = 1 : i64} : (tensor<2x?xf32>) -> tensor<2xi64>
  return %r : tensor<2xi64>
}
