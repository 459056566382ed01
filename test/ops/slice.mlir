// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @columns(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>],
    dl.expect = [dense<[[2.0, 3.0], [5.0, 6.0]]> : tensor<2x2xf32>]} {
  %r = dl.slice %x {starts = [0, 1], dims = ["n", 2], strides = array<i64: 1, 1>} : (tensor<?x3xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

func.func @strided(%x: tensor<5xi32>) -> tensor<2xi32> attributes {
    dl.entry,
    dl.inputs = [dense<[0, 1, 2, 3, 4]> : tensor<5xi32>],
    dl.expect = [dense<[1, 3]> : tensor<2xi32>]} {
  %r = dl.slice %x {starts = [1], dims = [2], strides = array<i64: 2>} : (tensor<5xi32>) -> tensor<2xi32>
  return %r : tensor<2xi32>
}

func.func @last_row(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<1x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>],
    dl.expect = [dense<[[4.0, 5.0, 6.0]]> : tensor<1x3xf32>]} {
  %r = dl.slice %x {starts = ["n - 1", 0], dims = [1, 3], strides = array<i64: 1, 1>} : (tensor<?x3xf32>) -> tensor<1x3xf32>
  return %r : tensor<1x3xf32>
}

func.func @nothing(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x0xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>],
    dl.expect = [dense<> : tensor<2x0xf32>]} {
  %r = dl.slice %x {starts = [0, 3], dims = ["n", 0], strides = array<i64: 1, 1>} : (tensor<?x3xf32>) -> tensor<?x0xf32>
  return %r : tensor<?x0xf32>
}
