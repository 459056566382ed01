// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @filling_goes(%x: tensor<2x2x2xf32>) -> tensor<2x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1.0, 2.0], [4.0, 5.0]], [[3.0, 0.0], [6.0, 0.0]]]> : tensor<2x2x2xf32>],
    dl.expect = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>]} {
  %r = dl.unpack %x {columns = 3 : i64} : (tensor<2x2x2xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}
