// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @columns(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?x3xi64> attributes {
    dl.entry,
    dl.inputs = [dense<[0.0, 0.0]> : tensor<2xf32>],
    dl.expect = [dense<[[0, 1, 2], [0, 1, 2]]> : tensor<2x3xi64>]} {
  %r = dl.iota {axis = 1 : i64, dims = ["n", 3]} : () -> tensor<?x3xi64>
  return %r : tensor<?x3xi64>
}

func.func @rows(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[0.0, 0.0]> : tensor<2xf32>],
    dl.expect = [dense<[[0.0, 0.0], [1.0, 1.0]]> : tensor<2x2xf32>]} {
  %r = dl.iota {axis = 0 : i64, dims = ["n", 2]} : () -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

func.func @empty(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xi8> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0xf32>],
    dl.expect = [dense<> : tensor<0xi8>]} {
  %r = dl.iota {axis = 0 : i64, dims = ["2*n"]} : () -> tensor<?xi8>
  return %r : tensor<?xi8>
}
