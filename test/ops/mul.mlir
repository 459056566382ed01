// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[2.0, 0.0, 0x7F800000, 0x7FC00000]> : tensor<4xf32>, dense<[3.0, -1.0, 0.0, 1.0]> : tensor<4xf32>],
    dl.expect = [dense<[6.0, -0.0, 0x7FC00000, 0x7FC00000]> : tensor<4xf32>]} {
  %r = dl.mul %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

func.func @row_broadcasts(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %y: tensor<2xf32>) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>, dense<[1.0, 2.0]> : tensor<2xf32>],
    dl.expect = [dense<[[1.0, 4.0], [3.0, 8.0], [5.0, 12.0]]> : tensor<3x2xf32>]} {
  %r = dl.mul %x, %y : (tensor<?x2xf32>, tensor<2xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

func.func @both_stretch(%x: tensor<2x1xf32>, %y: tensor<1x3xf32>) -> tensor<2x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0], [2.0]]> : tensor<2x1xf32>, dense<[[3.0, 4.0, 5.0]]> : tensor<1x3xf32>],
    dl.expect = [dense<[[3.0, 4.0, 5.0], [6.0, 8.0, 10.0]]> : tensor<2x3xf32>]} {
  %r = dl.mul %x, %y : (tensor<2x1xf32>, tensor<1x3xf32>) -> tensor<2x3xf32>
  return %r : tensor<2x3xf32>
}

func.func @wraps(%x: tensor<2xi8>, %y: tensor<2xi8>) -> tensor<2xi8> attributes {
    dl.entry,
    dl.inputs = [dense<[100, -128]> : tensor<2xi8>, dense<[3, -1]> : tensor<2xi8>],
    dl.expect = [dense<[44, -128]> : tensor<2xi8>]} {
  %r = dl.mul %x, %y : (tensor<2xi8>, tensor<2xi8>) -> tensor<2xi8>
  return %r : tensor<2xi8>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}, %y: tensor<f32>) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>, dense<1.0> : tensor<f32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.mul %x, %y : (tensor<?x3xf32>, tensor<f32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
