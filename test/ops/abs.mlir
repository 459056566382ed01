// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<5xf32>) -> tensor<5xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[-1.5, 0.0, -0.0, 0xFF800000, 0x7FC00000]> : tensor<5xf32>],
    dl.expect = [dense<[1.5, 0.0, 0.0, 0x7F800000, 0x7FC00000]> : tensor<5xf32>]} {
  %r = dl.abs %x : (tensor<5xf32>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}

func.func @rows(%x: tensor<?x2xf64> {dl.dims = ["n", 2]}) -> tensor<?x2xf64> attributes {
    dl.entry,
    dl.inputs = [dense<[[-1.0, 2.0]]> : tensor<1x2xf64>],
    dl.expect = [dense<[[1.0, 2.0]]> : tensor<1x2xf64>]} {
  %r = dl.abs %x : (tensor<?x2xf64>) -> tensor<?x2xf64>
  return %r : tensor<?x2xf64>
}

// The smallest integer stays: its opposite is out of reach.
func.func @wraps(%x: tensor<3xi8>) -> tensor<3xi8> attributes {
    dl.entry,
    dl.inputs = [dense<[-128, -3, 4]> : tensor<3xi8>],
    dl.expect = [dense<[-128, 3, 4]> : tensor<3xi8>]} {
  %r = dl.abs %x : (tensor<3xi8>) -> tensor<3xi8>
  return %r : tensor<3xi8>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.abs %x : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
