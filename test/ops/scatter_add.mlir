// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @rows_add_up(%x: tensor<?xi64> {dl.dims = ["n"]}, %y: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<3x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[0, 2, 0]> : tensor<3xi64>, dense<[[1.0, 2.0], [3.0, 4.0], [10.0, 20.0]]> : tensor<3x2xf32>],
    dl.expect = [dense<[[11.0, 22.0], [0.0, 0.0], [3.0, 4.0]]> : tensor<3x2xf32>]} {
  %r = dl.scatter_add %x, %y {axis = 0 : i64, dims = [3, 2]} : (tensor<?xi64>, tensor<?x2xf32>) -> tensor<3x2xf32>
  return %r : tensor<3x2xf32>
}

func.func @columns(%x: tensor<2xui8>, %y: tensor<1x2xi32>) -> tensor<1x3xi32> attributes {
    dl.entry,
    dl.inputs = [dense<[1, 1]> : tensor<2xui8>, dense<[[5, 6]]> : tensor<1x2xi32>],
    dl.expect = [dense<[[0, 11, 0]]> : tensor<1x3xi32>]} {
  %r = dl.scatter_add %x, %y {axis = 1 : i64, dims = [1, 3]} : (tensor<2xui8>, tensor<1x2xi32>) -> tensor<1x3xi32>
  return %r : tensor<1x3xi32>
}

func.func @none(%x: tensor<?xi64> {dl.dims = ["n"]}, %y: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<1x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0xi64>, dense<> : tensor<0x2xf32>],
    dl.expect = [dense<[[0.0, 0.0]]> : tensor<1x2xf32>]} {
  %r = dl.scatter_add %x, %y {axis = 0 : i64, dims = [1, 2]} : (tensor<?xi64>, tensor<?x2xf32>) -> tensor<1x2xf32>
  return %r : tensor<1x2xf32>
}
