// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @rows(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[0.0, 0.0], [1000.0, 0.0]]> : tensor<2x2xf32>],
    dl.expect = [dense<[[0.5, 0.5], [1.0, 0.0]]> : tensor<2x2xf32>],
    dl.ulps = 4 : i64} {
  %r = dl.softmax %x {axis = 1 : i64} : (tensor<?x2xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

func.func @columns(%x: tensor<2x1xf64>) -> tensor<2x1xf64> attributes {
    dl.entry,
    dl.inputs = [dense<[[0.0], [0.0]]> : tensor<2x1xf64>],
    dl.expect = [dense<[[0.5], [0.5]]> : tensor<2x1xf64>],
    dl.ulps = 4 : i64} {
  %r = dl.softmax %x {axis = 0 : i64} : (tensor<2x1xf64>) -> tensor<2x1xf64>
  return %r : tensor<2x1xf64>
}

func.func @empty(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x2xf32>],
    dl.expect = [dense<> : tensor<0x2xf32>]} {
  %r = dl.softmax %x {axis = 1 : i64} : (tensor<?x2xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}
