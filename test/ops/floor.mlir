// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<6xf32>) -> tensor<6xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[-1.5, -0.5, 0.5, 1.5, 2.5, 0x7FC00000]> : tensor<6xf32>],
    dl.expect = [dense<[-2.0, -1.0, 0.0, 1.0, 2.0, 0x7FC00000]> : tensor<6xf32>]} {
  %r = dl.floor %x : (tensor<6xf32>) -> tensor<6xf32>
  return %r : tensor<6xf32>
}

func.func @rows(%x: tensor<?x2xf64> {dl.dims = ["n", 2]}) -> tensor<?x2xf64> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.25, -1.25]]> : tensor<1x2xf64>],
    dl.expect = [dense<[[1.0, -2.0]]> : tensor<1x2xf64>]} {
  %r = dl.floor %x : (tensor<?x2xf64>) -> tensor<?x2xf64>
  return %r : tensor<?x2xf64>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.floor %x : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
