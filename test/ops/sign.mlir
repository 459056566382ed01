// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<5xf32>) -> tensor<5xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[-2.5, 0.0, 3.5, 0x7FC00000, 0xFF800000]> : tensor<5xf32>],
    dl.expect = [dense<[-1.0, 0.0, 1.0, 0x7FC00000, -1.0]> : tensor<5xf32>]} {
  %r = dl.sign %x : (tensor<5xf32>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}

func.func @rows(%x: tensor<?x3xf16> {dl.dims = ["n", 3]}) -> tensor<?x3xf16> attributes {
    dl.entry,
    dl.inputs = [dense<[[-1.0, 2.0, 0.0]]> : tensor<1x3xf16>],
    dl.expect = [dense<[[-1.0, 1.0, 0.0]]> : tensor<1x3xf16>]} {
  %r = dl.sign %x : (tensor<?x3xf16>) -> tensor<?x3xf16>
  return %r : tensor<?x3xf16>
}

func.func @integers(%x: tensor<3xi64>) -> tensor<3xi64> attributes {
    dl.entry,
    dl.inputs = [dense<[-7, 0, 9]> : tensor<3xi64>],
    dl.expect = [dense<[-1, 0, 1]> : tensor<3xi64>]} {
  %r = dl.sign %x : (tensor<3xi64>) -> tensor<3xi64>
  return %r : tensor<3xi64>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.sign %x : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
