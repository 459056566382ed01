// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// C99's special cases: anything to the 0 is 1.
func.func @values(%x: tensor<6xf32>, %y: tensor<6xf32>) -> tensor<6xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[2.0, 4.0, -2.0, 0.0, 0x7FC00000, -8.0]> : tensor<6xf32>, dense<[3.0, 0.5, 2.0, 0.0, 0.0, 0.5]> : tensor<6xf32>],
    dl.expect = [dense<[8.0, 2.0, 4.0, 1.0, 1.0, 0x7FC00000]> : tensor<6xf32>],
    dl.ulps = 2 : i64} {
  %r = dl.pow %x, %y : (tensor<6xf32>, tensor<6xf32>) -> tensor<6xf32>
  return %r : tensor<6xf32>
}

func.func @row_broadcasts(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %y: tensor<2xf32>) -> tensor<?x2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>, dense<[1.0, 2.0]> : tensor<2xf32>],
    dl.expect = [dense<[[1.0, 4.0], [3.0, 16.0], [5.0, 36.0]]> : tensor<3x2xf32>],
    dl.ulps = 2 : i64} {
  %r = dl.pow %x, %y : (tensor<?x2xf32>, tensor<2xf32>) -> tensor<?x2xf32>
  return %r : tensor<?x2xf32>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}, %y: tensor<f32>) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>, dense<1.0> : tensor<f32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.pow %x, %y : (tensor<?x3xf32>, tensor<f32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
