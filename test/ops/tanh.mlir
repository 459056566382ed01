// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<5xf32>) -> tensor<5xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[0.0, 1.0, 20.0, 0xFF800000, 0x7FC00000]> : tensor<5xf32>],
    dl.expect = [dense<[0.0, 0.76159416, 1.0, -1.0, 0x7FC00000]> : tensor<5xf32>],
    dl.ulps = 2 : i64} {
  %r = dl.tanh %x : (tensor<5xf32>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}

func.func @rows(%x: tensor<?x1xf64> {dl.dims = ["n", 1]}) -> tensor<?x1xf64> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0]]> : tensor<1x1xf64>],
    dl.expect = [dense<[[0.7615941559557649]]> : tensor<1x1xf64>],
    dl.ulps = 2 : i64} {
  %r = dl.tanh %x : (tensor<?x1xf64>) -> tensor<?x1xf64>
  return %r : tensor<?x1xf64>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.tanh %x : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
