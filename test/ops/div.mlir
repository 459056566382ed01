// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 1.0, 0.0, 0x7FC00000]> : tensor<4xf32>, dense<[4.0, 0.0, 0.0, 1.0]> : tensor<4xf32>],
    dl.expect = [dense<[0.25, 0x7F800000, 0x7FC00000, 0x7FC00000]> : tensor<4xf32>]} {
  %r = dl.div %x, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

func.func @row_broadcasts(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %y: tensor<2xf32>) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>, dense<[1.0, 2.0]> : tensor<2xf32>],
    dl.expect = [dense<[[1.0, 1.0], [3.0, 2.0], [5.0, 3.0]]> : tensor<3x2xf32>]} {
  %r = dl.div %x, %y : (tensor<?x2xf32>, tensor<2xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

// Toward zero; x / 0 is 0; the smallest integer / -1 wraps.
func.func @integers(%x: tensor<5xi32>, %y: tensor<5xi32>) -> tensor<5xi32> attributes {
    dl.entry,
    dl.inputs = [dense<[7, -7, 7, 5, -2147483648]> : tensor<5xi32>, dense<[2, 2, -2, 0, -1]> : tensor<5xi32>],
    dl.expect = [dense<[3, -3, -3, 0, -2147483648]> : tensor<5xi32>]} {
  %r = dl.div %x, %y : (tensor<5xi32>, tensor<5xi32>) -> tensor<5xi32>
  return %r : tensor<5xi32>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}, %y: tensor<f32>) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>, dense<1.0> : tensor<f32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.div %x, %y : (tensor<?x3xf32>, tensor<f32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
