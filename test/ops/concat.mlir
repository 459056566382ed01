// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @columns(%x: tensor<?x1xf32> {dl.dims = ["n", 1]}, %y: tensor<?x2xf32> {dl.dims = ["n", 2]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0], [2.0]]> : tensor<2x1xf32>, dense<[[3.0, 4.0], [5.0, 6.0]]> : tensor<2x2xf32>],
    dl.expect = [dense<[[1.0, 3.0, 4.0], [2.0, 5.0, 6.0]]> : tensor<2x3xf32>]} {
  %r = dl.concat %x, %y {axis = 1 : i64} : (tensor<?x1xf32>, tensor<?x2xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}

func.func @rows(%x: tensor<?xi1> {dl.dims = ["n"]}, %y: tensor<?xi1> {dl.dims = ["m"]}) -> tensor<?xi1> attributes {
    dl.entry,
    dl.inputs = [dense<[true]> : tensor<1xi1>, dense<[false, true]> : tensor<2xi1>],
    dl.expect = [dense<[true, false, true]> : tensor<3xi1>]} {
  %r = dl.concat %x, %y {axis = 0 : i64} : (tensor<?xi1>, tensor<?xi1>) -> tensor<?xi1>
  return %r : tensor<?xi1>
}

func.func @one(%x: tensor<2xf32>) -> tensor<2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0]> : tensor<2xf32>],
    dl.expect = [dense<[1.0, 2.0]> : tensor<2xf32>]} {
  %r = dl.concat %x {axis = 0 : i64} : (tensor<2xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

func.func @with_nothing(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %y: tensor<1x2xf32>) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x2xf32>, dense<[[1.0, 2.0]]> : tensor<1x2xf32>],
    dl.expect = [dense<[[1.0, 2.0]]> : tensor<1x2xf32>]} {
  %r = dl.concat %x, %y {axis = 0 : i64} : (tensor<?x2xf32>, tensor<1x2xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}
