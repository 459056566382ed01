// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @inside(%x: tensor<?x2xi32> {dl.dims = ["n", 2]}) -> tensor<?x2xi32> attributes {
    dl.entry, dl.inputs = [dense<[[0, 2], [1, 1]]> : tensor<2x2xi32>], dl.expect = [dense<[[0, 2], [1, 1]]> : tensor<2x2xi32>]} {
  %r = dl.check_index %x {dim = 3 : i64} : (tensor<?x2xi32>) -> tensor<?x2xi32>
  return %r : tensor<?x2xi32>
}

func.func @named_bound(%x: tensor<?xui8> {dl.dims = ["n"]}) -> tensor<?xui8> attributes {
    dl.entry, dl.inputs = [dense<[0, 3]> : tensor<2xui8>], dl.expect = [dense<[0, 3]> : tensor<2xui8>]} {
  %r = dl.check_index %x {dim = "2*n"} : (tensor<?xui8>) -> tensor<?xui8>
  return %r : tensor<?xui8>
}

func.func @none(%x: tensor<0xi64>) -> tensor<0xi64> attributes {
    dl.entry, dl.inputs = [dense<> : tensor<0xi64>], dl.expect = [dense<> : tensor<0xi64>]} {
  %r = dl.check_index %x {dim = 0 : i64} : (tensor<0xi64>) -> tensor<0xi64>
  return %r : tensor<0xi64>
}
