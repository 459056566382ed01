// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @first_of_equals(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?xi64> attributes {
    dl.entry,
    dl.inputs = [dense<[[3.0, 1.0, 1.0], [5.0, 0x7FC00000, 0x7FC00000], [0.0, 1.0, 2.0]]> : tensor<3x3xf32>],
    dl.expect = [dense<[1, 1, 0]> : tensor<3xi64>]} {
  %r = dl.argmin %x {axis = 1 : i64} : (tensor<?x3xf32>) -> tensor<?xi64>
  return %r : tensor<?xi64>
}

func.func @down(%x: tensor<2x2xi8>) -> tensor<2xi64> attributes {
    dl.entry,
    dl.inputs = [dense<[[1, 9], [3, 2]]> : tensor<2x2xi8>],
    dl.expect = [dense<[0, 1]> : tensor<2xi64>]} {
  %r = dl.argmin %x {axis = 0 : i64} : (tensor<2x2xi8>) -> tensor<2xi64>
  return %r : tensor<2xi64>
}
