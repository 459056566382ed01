// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @along_rows(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>],
    dl.expect = [dense<[[1.0, 3.0, 6.0], [4.0, 9.0, 15.0]]> : tensor<2x3xf32>]} {
  %r = dl.cumsum %x {axis = 1 : i64} : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}

func.func @exclusive(%x: tensor<3xi32>) -> tensor<3xi32> attributes {
    dl.entry,
    dl.inputs = [dense<[1, 2, 3]> : tensor<3xi32>],
    dl.expect = [dense<[0, 1, 3]> : tensor<3xi32>]} {
  %r = dl.cumsum %x {axis = 0 : i64, exclusive} : (tensor<3xi32>) -> tensor<3xi32>
  return %r : tensor<3xi32>
}

func.func @reverse(%x: tensor<3xf64>) -> tensor<3xf64> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0, 3.0]> : tensor<3xf64>],
    dl.expect = [dense<[6.0, 5.0, 3.0]> : tensor<3xf64>]} {
  %r = dl.cumsum %x {axis = 0 : i64, reverse} : (tensor<3xf64>) -> tensor<3xf64>
  return %r : tensor<3xf64>
}

func.func @both(%x: tensor<3xf32>) -> tensor<3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0, 0x7FC00000]> : tensor<3xf32>],
    dl.expect = [dense<[0x7FC00000, 0x7FC00000, 0.0]> : tensor<3xf32>]} {
  %r = dl.cumsum %x {axis = 0 : i64, exclusive, reverse} : (tensor<3xf32>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}

func.func @empty(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0xf32>],
    dl.expect = [dense<> : tensor<0xf32>]} {
  %r = dl.cumsum %x {axis = 0 : i64} : (tensor<?xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
