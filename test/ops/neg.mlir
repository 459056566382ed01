// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<5xf32>) -> tensor<5xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, -2.0, 0.0, 0x7FC00000, 0x7F800000]> : tensor<5xf32>],
    dl.expect = [dense<[-1.0, 2.0, -0.0, 0x7FC00000, 0xFF800000]> : tensor<5xf32>]} {
  %r = dl.neg %x : (tensor<5xf32>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}

func.func @rows(%x: tensor<?x2xbf16> {dl.dims = ["n", 2]}) -> tensor<?x2xbf16> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xbf16>],
    dl.expect = [dense<[[-1.0, -2.0], [-3.0, -4.0]]> : tensor<2x2xbf16>]} {
  %r = dl.neg %x : (tensor<?x2xbf16>) -> tensor<?x2xbf16>
  return %r : tensor<?x2xbf16>
}

// The smallest integer has no opposite.
func.func @wraps(%x: tensor<2xi8>) -> tensor<2xi8> attributes {
    dl.entry,
    dl.inputs = [dense<[-128, 5]> : tensor<2xi8>],
    dl.expect = [dense<[-128, -5]> : tensor<2xi8>]} {
  %r = dl.neg %x : (tensor<2xi8>) -> tensor<2xi8>
  return %r : tensor<2xi8>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.neg %x : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
