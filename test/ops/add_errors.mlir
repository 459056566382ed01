// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-evaluate %s --verify-diagnostics
func.func @unknown_extent_never_stretches(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<2xf32>) -> tensor<2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0]> : tensor<1xf32>, dense<[1.0, 2.0]> : tensor<2xf32>]} {
  // expected-error @below {{operands do not broadcast: extents 1 and 2 in axis 0}}
  %r = dl.add %x, %y : (tensor<?xf32>, tensor<2xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}
