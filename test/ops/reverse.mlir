// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @rows(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>],
    dl.expect = [dense<[[3.0, 2.0, 1.0], [6.0, 5.0, 4.0]]> : tensor<2x3xf32>]} {
  %r = dl.reverse %x {axes = array<i64: 1>} : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}

func.func @both(%x: tensor<2x2xui8>) -> tensor<2x2xui8> attributes {
    dl.entry,
    dl.inputs = [dense<[[1, 2], [3, 4]]> : tensor<2x2xui8>],
    dl.expect = [dense<[[4, 3], [2, 1]]> : tensor<2x2xui8>]} {
  %r = dl.reverse %x {axes = array<i64: 0, 1>} : (tensor<2x2xui8>) -> tensor<2x2xui8>
  return %r : tensor<2x2xui8>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.reverse %x {axes = array<i64: 0>} : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
