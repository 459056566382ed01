// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @rows(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<2xf32>) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[0.0, 0.0]> : tensor<2xf32>, dense<[1.0, 2.0]> : tensor<2xf32>],
    dl.expect = [dense<[[1.0, 2.0], [1.0, 2.0]]> : tensor<2x2xf32>]} {
  %r = dl.broadcast %y {dims = ["n", 2]} : (tensor<2xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

func.func @columns(%x: tensor<2x1xui8>) -> tensor<2x2xui8> attributes {
    dl.entry,
    dl.inputs = [dense<[[7], [8]]> : tensor<2x1xui8>],
    dl.expect = [dense<[[7, 7], [8, 8]]> : tensor<2x2xui8>]} {
  %r = dl.broadcast %x {dims = [2, 2]} : (tensor<2x1xui8>) -> tensor<2x2xui8>
  return %r : tensor<2x2xui8>
}

func.func @to_nothing(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<f32>) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0xf32>, dense<3.0> : tensor<f32>],
    dl.expect = [dense<> : tensor<0x2xf32>]} {
  %r = dl.broadcast %y {dims = ["n", 2]} : (tensor<f32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}
