// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// v' = 2 + 2, p' = 1 - 0.25 4.
func.func @plain(%x: tensor<1xf32>, %y: tensor<1xf32>, %z: tensor<1xf32>, %w: tensor<f32>) -> (tensor<1xf32>, tensor<1xf32>) attributes {
    dl.entry,
    dl.inputs = [dense<[1.0]> : tensor<1xf32>, dense<[2.0]> : tensor<1xf32>, dense<[4.0]> : tensor<1xf32>, dense<0.25> : tensor<f32>],
    dl.expect = [dense<[0.0]> : tensor<1xf32>, dense<[4.0]> : tensor<1xf32>]} {
  %r:2 = dl.momentum %x, %y, %z, %w {momentum = 0.5 : f64} : (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<f32>) -> (tensor<1xf32>, tensor<1xf32>)
  return %r#0, %r#1 : tensor<1xf32>, tensor<1xf32>
}

// 1 - 0.25 (2 + 0.5 4).
func.func @nesterov(%x: tensor<1xf32>, %y: tensor<1xf32>, %z: tensor<1xf32>, %w: tensor<f32>) -> (tensor<1xf32>, tensor<1xf32>) attributes {
    dl.entry,
    dl.inputs = [dense<[1.0]> : tensor<1xf32>, dense<[2.0]> : tensor<1xf32>, dense<[4.0]> : tensor<1xf32>, dense<0.25> : tensor<f32>],
    dl.expect = [dense<[0.0]> : tensor<1xf32>, dense<[4.0]> : tensor<1xf32>]} {
  %r:2 = dl.momentum %x, %y, %z, %w {momentum = 0.5 : f64, nesterov} : (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<f32>) -> (tensor<1xf32>, tensor<1xf32>)
  return %r#0, %r#1 : tensor<1xf32>, tensor<1xf32>
}
