// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --describe-interface --require-extents --verify-diagnostics
func.func @f(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<2xf32> attributes {dl.entry} {
  // expected-error @below {{'dl.slice' op names dimension 'k', which no argument of 'f' declares}}
  %r = dl.slice %x {starts = ["k"], dims = [2], strides = array<i64: 1>} : (tensor<?xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}
