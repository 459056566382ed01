// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @edges(%x: tensor<?x2xf32> {dl.dims = ["n", 2]}, %y: tensor<f32>) -> tensor<?x5xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[[1.0, 2.0]]> : tensor<1x2xf32>, dense<9.0> : tensor<f32>],
    dl.expect = [dense<[[9.0, 1.0, 2.0, 9.0, 9.0]]> : tensor<1x5xf32>]} {
  %r = dl.pad %x, %y {low = [0, 1], high = [0, 2], interior = array<i64: 0, 0>} : (tensor<?x2xf32>, tensor<f32>) -> tensor<?x5xf32>
  return %r : tensor<?x5xf32>
}

func.func @interior(%x: tensor<3xui8>, %y: tensor<ui8>) -> tensor<5xui8> attributes {
    dl.entry,
    dl.inputs = [dense<[1, 2, 3]> : tensor<3xui8>, dense<0> : tensor<ui8>],
    dl.expect = [dense<[1, 0, 2, 0, 3]> : tensor<5xui8>]} {
  %r = dl.pad %x, %y {low = [0], high = [0], interior = array<i64: 1>} : (tensor<3xui8>, tensor<ui8>) -> tensor<5xui8>
  return %r : tensor<5xui8>
}

func.func @named(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<f32>) -> tensor<?xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0]> : tensor<2xf32>, dense<0.0> : tensor<f32>],
    dl.expect = [dense<[0.0, 0.0, 1.0, 2.0]> : tensor<4xf32>]} {
  %r = dl.pad %x, %y {low = ["n"], high = [0], interior = array<i64: 0>} : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}

func.func @empty_grows(%x: tensor<0xf32>, %y: tensor<f32>) -> tensor<2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0xf32>, dense<7.0> : tensor<f32>],
    dl.expect = [dense<[7.0, 7.0]> : tensor<2xf32>]} {
  %r = dl.pad %x, %y {low = [1], high = [1], interior = array<i64: 3>} : (tensor<0xf32>, tensor<f32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}
