// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<4xf32>) -> tensor<4xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[0.0, 1.0, -1.0, 0x7FC00000]> : tensor<4xf32>],
    dl.expect = [dense<[0.0, 0.84134475, -0.15865525, 0x7FC00000]> : tensor<4xf32>],
    dl.ulps = 4 : i64} {
  %r = dl.gelu %x : (tensor<4xf32>) -> tensor<4xf32>
  return %r : tensor<4xf32>
}

func.func @by_tanh(%x: tensor<3xf32>) -> tensor<3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[0.0, 1.0, -1.0]> : tensor<3xf32>],
    dl.expect = [dense<[0.0, 0.84119199, -0.15880801]> : tensor<3xf32>],
    dl.ulps = 4 : i64} {
  %r = dl.gelu %x {tanh} : (tensor<3xf32>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}

func.func @empty(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<?x3xf32> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0x3xf32>],
    dl.expect = [dense<> : tensor<0x3xf32>]} {
  %r = dl.gelu %x : (tensor<?x3xf32>) -> tensor<?x3xf32>
  return %r : tensor<?x3xf32>
}
