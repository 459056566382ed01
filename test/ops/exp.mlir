// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// 89 is above log of the largest f32.
func.func @values(%x: tensor<6xf32>) -> tensor<6xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[0.0, 1.0, 0xFF800000, 0x7F800000, 0x7FC00000, 89.0]> : tensor<6xf32>],
    dl.expect = [dense<[1.0, 2.7182818, 0.0, 0x7F800000, 0x7FC00000, 0x7F800000]> : tensor<6xf32>],
    dl.ulps = 2 : i64} {
  %r = dl.exp %x : (tensor<6xf32>) -> tensor<6xf32>
  return %r : tensor<6xf32>
}

func.func @rows(%x: tensor<?x2xf64> {dl.dims = ["n", 2]}) -> tensor<?x2xf64> attributes {
    dl.entry,
    dl.inputs = [dense<[[0.0, 2.0]]> : tensor<1x2xf64>],
    dl.expect = [dense<[[1.0, 7.38905609893065]]> : tensor<1x2xf64>],
    dl.ulps = 2 : i64} {
  %r = dl.exp %x : (tensor<?x2xf64>) -> tensor<?x2xf64>
  return %r : tensor<?x2xf64>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.exp %x : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
