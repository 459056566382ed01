// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @rows(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>],
    dl.expect = [dense<[6.0, 120.0]> : tensor<2xf32>]} {
  %r = dl.reduce_prod %x {axes = array<i64: 1>} : (tensor<?x3xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

func.func @nothing(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x2xf32>],
    dl.expect = [dense<[1.0, 1.0]> : tensor<2xf32>]} {
  %r = dl.reduce_prod %x {axes = array<i64: 0>} : (tensor<?x2xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

func.func @wraps(%x: tensor<2xi8>) -> tensor<i8> attributes {
    dl.entry,
    dl.inputs = [dense<[16, 16]> : tensor<2xi8>],
    dl.expect = [dense<0> : tensor<i8>]} {
  %r = dl.reduce_prod %x {axes = array<i64: 0>} : (tensor<2xi8>) -> tensor<i8>
  return %r : tensor<i8>
}
