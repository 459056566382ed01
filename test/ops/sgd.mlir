// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @plain(%x: tensor<2xf32>, %y: tensor<2xf32>, %z: tensor<f32>) -> tensor<2xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[1.0, 2.0]> : tensor<2xf32>, dense<[10.0, 20.0]> : tensor<2xf32>, dense<0.125> : tensor<f32>],
    dl.expect = [dense<[-0.25, -0.5]> : tensor<2xf32>]} {
  %r = dl.sgd %x, %y, %z : (tensor<2xf32>, tensor<2xf32>, tensor<f32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}

// 4 - 0.5 (1 + 0.25 4).
func.func @decays(%x: tensor<1xf32>, %y: tensor<1xf32>, %z: tensor<f32>) -> tensor<1xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[4.0]> : tensor<1xf32>, dense<[1.0]> : tensor<1xf32>, dense<0.5> : tensor<f32>],
    dl.expect = [dense<[3.0]> : tensor<1xf32>]} {
  %r = dl.sgd %x, %y, %z {weight_decay = 0.25 : f64} : (tensor<1xf32>, tensor<1xf32>, tensor<f32>) -> tensor<1xf32>
  return %r : tensor<1xf32>
}
