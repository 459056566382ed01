// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<5xf32>, %y: tensor<5xf32>) -> tensor<5xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0, 2.0, 0x7FC00000, 1.0]> : tensor<5xf32>, dense<[2.0, 1.0, 2.0, 1.0, 0x7FC00000]> : tensor<5xf32>],
    dl.expect = [dense<[2.0, 2.0, 2.0, 0x7FC00000, 0x7FC00000]> : tensor<5xf32>]} {
  %r = dl.max %x, %y : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}

func.func @row_broadcasts(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %y: tensor<2xf32>) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>, dense<[3.0, 3.0]> : tensor<2xf32>],
    dl.expect = [dense<[[3.0, 3.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>]} {
  %r = dl.max %x, %y : (tensor<?x2xf32>, tensor<2xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

func.func @integers(%x: tensor<2xi8>, %y: tensor<2xi8>) -> tensor<2xi8> attributes {
    dl.entry,
    dl.inputs = [dense<[-128, 5]> : tensor<2xi8>, dense<[127, 5]> : tensor<2xi8>],
    dl.expect = [dense<[127, 5]> : tensor<2xi8>]} {
  %r = dl.max %x, %y : (tensor<2xi8>, tensor<2xi8>) -> tensor<2xi8>
  return %r : tensor<2xi8>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}, %y: tensor<f32>) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>, dense<1.0> : tensor<f32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.max %x, %y : (tensor<?x3xf32>, tensor<f32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
