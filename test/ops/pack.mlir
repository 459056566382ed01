// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @last_panel_is_filled(%x: tensor<2x3xf32>) -> tensor<2x2x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>],
    dl.expect = [dense<[[[1.0, 2.0], [4.0, 5.0]], [[3.0, 0.0], [6.0, 0.0]]]> : tensor<2x2x2xf32>]} {
  %r = dl.pack %x {width = 2 : i64} : (tensor<2x3xf32>) -> tensor<2x2x2xf32>
  return %r : tensor<2x2x2xf32>
}

func.func @batched(%x: tensor<?x1x2xi8> {dl.dims = ["n", 1, 2]}) -> tensor<?x2x1x1xi8> attributes {
    dl.entry,
    dl.inputs = [dense<[[[1, 2]], [[3, 4]]]> : tensor<2x1x2xi8>],
    dl.expect = [dense<[[[[1]], [[2]]], [[[3]], [[4]]]]> : tensor<2x2x1x1xi8>]} {
  %r = dl.pack %x {width = 1 : i64} : (tensor<?x1x2xi8>) -> tensor<?x2x1x1xi8>
  return %r : tensor<?x2x1x1xi8>
}
