// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @rows(%x: tensor<3x2xf32>, %y: tensor<?x2xi64> {dl.dims = ["n", 2]}) -> tensor<?x2x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>, dense<[[0, 2], [1, 1]]> : tensor<2x2xi64>],
    dl.expect = [dense<[[[1.0, 2.0], [5.0, 6.0]], [[3.0, 4.0], [3.0, 4.0]]]> : tensor<2x2x2xf32>]} {
  %r = dl.gather %x, %y {axis = 0 : i64} : (tensor<3x2xf32>, tensor<?x2xi64>) -> tensor<?x2x2xf32>
  return %r : tensor<?x2x2xf32>
}

func.func @columns(%x: tensor<?x3xi8> {dl.dims = ["n", 3]}, %y: tensor<2xui8>) -> tensor<?x2xi8> attributes {
    dl.entry,
    dl.inputs = [dense<[[7, 8, 9]]> : tensor<1x3xi8>, dense<[2, 0]> : tensor<2xui8>],
    dl.expect = [dense<[[9, 7]]> : tensor<1x2xi8>]} {
  %r = dl.gather %x, %y {axis = 1 : i64} : (tensor<?x3xi8>, tensor<2xui8>) -> tensor<?x2xi8>
  return %r : tensor<?x2xi8>
}

func.func @one_row(%x: tensor<2x2xf32>, %y: tensor<i32>) -> tensor<2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>, dense<1> : tensor<i32>],
    dl.expect = [dense<[3.0, 4.0]> : tensor<2xf32>]} {
  %r = dl.gather %x, %y {axis = 0 : i64} : (tensor<2x2xf32>, tensor<i32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

func.func @none(%x: tensor<2x2xf32>, %y: tensor<?xi64> {dl.dims = ["n"]}) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>, dense<> : tensor<0xi64>],
    dl.expect = [dense<> : tensor<0x2xf32>]} {
  %r = dl.gather %x, %y {axis = 0 : i64} : (tensor<2x2xf32>, tensor<?xi64>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}
