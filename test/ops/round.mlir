// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// Ties go to the even neighbour.
func.func @values(%x: tensor<6xf32>) -> tensor<6xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[-1.5, -0.5, 0.5, 1.5, 2.5, 0x7FC00000]> : tensor<6xf32>],
    dl.expect = [dense<[-2.0, -0.0, 0.0, 2.0, 2.0, 0x7FC00000]> : tensor<6xf32>]} {
  %r = dl.round %x : (tensor<6xf32>) -> tensor<6xf32>
  return %r : tensor<6xf32>
}

func.func @rows(%x: tensor<?x2xbf16> {dl.dims = ["n", 2]}) -> tensor<?x2xbf16> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.25, -1.75]]> : tensor<1x2xbf16>],
    dl.expect = [dense<[[1.0, -2.0]]> : tensor<1x2xbf16>]} {
  %r = dl.round %x : (tensor<?x2xbf16>) -> tensor<?x2xbf16>
  return %r : tensor<?x2xbf16>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.round %x : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
