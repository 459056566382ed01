// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @rows(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>],
    dl.expect = [dense<[2.0, 5.0]> : tensor<2xf32>]} {
  %r = dl.reduce_mean %x {axes = array<i64: 1>} : (tensor<?x3xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

func.func @batch(%x: tensor<?x2xf64> {dl.dims = ["n", 2]}) -> tensor<1x2xf64> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0], [3.0, 5.0]]> : tensor<2x2xf64>],
    dl.expect = [dense<[[2.0, 3.5]]> : tensor<1x2xf64>]} {
  %r = dl.reduce_mean %x {axes = array<i64: 0>, keep_dims} : (tensor<?x2xf64>) -> tensor<1x2xf64>
  return %r : tensor<1x2xf64>
}

func.func @nothing(%x: tensor<?x1xf32> {dl.dims = ["n", 1]}) -> tensor<1xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x1xf32>],
    dl.expect = [dense<[0x7FC00000]> : tensor<1xf32>]} {
  %r = dl.reduce_mean %x {axes = array<i64: 0>} : (tensor<?x1xf32>) -> tensor<1xf32>
  return %r : tensor<1xf32>
}
