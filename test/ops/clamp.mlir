// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
func.func @values(%x: tensor<5xf32>, %y: tensor<f32>, %z: tensor<f32>) -> tensor<5xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[-3.0, -1.0, 0.5, 1.0, 0x7FC00000]> : tensor<5xf32>, dense<-1.0> : tensor<f32>, dense<1.0> : tensor<f32>],
    dl.expect = [dense<[-1.0, -1.0, 0.5, 1.0, 0x7FC00000]> : tensor<5xf32>]} {
  %r = dl.clamp %x, %y, %z : (tensor<5xf32>, tensor<f32>, tensor<f32>) -> tensor<5xf32>
  return %r : tensor<5xf32>
}

// min comes last.
func.func @high_wins(%x: tensor<1xf32>, %y: tensor<f32>, %z: tensor<f32>) -> tensor<1xf32> attributes {
    dl.entry,
    dl.inputs = [dense<[0.5]> : tensor<1xf32>, dense<2.0> : tensor<f32>, dense<1.0> : tensor<f32>],
    dl.expect = [dense<[1.0]> : tensor<1xf32>]} {
  %r = dl.clamp %x, %y, %z : (tensor<1xf32>, tensor<f32>, tensor<f32>) -> tensor<1xf32>
  return %r : tensor<1xf32>
}

func.func @integers(%x: tensor<?xi32> {dl.dims = ["n"]}, %y: tensor<i32>, %z: tensor<i32>) -> tensor<?xi32> attributes {
    dl.entry,
    dl.inputs = [dense<[-9, 2, 9]> : tensor<3xi32>, dense<0> : tensor<i32>, dense<5> : tensor<i32>],
    dl.expect = [dense<[0, 2, 5]> : tensor<3xi32>]} {
  %r = dl.clamp %x, %y, %z : (tensor<?xi32>, tensor<i32>, tensor<i32>) -> tensor<?xi32>
  return %r : tensor<?xi32>
}

func.func @empty(%x: tensor<?xf64> {dl.dims = ["n"]}, %y: tensor<f64>, %z: tensor<f64>) -> tensor<?xf64> attributes {
    dl.entry,
    dl.inputs = [dense<> : tensor<0xf64>, dense<0.0> : tensor<f64>, dense<5.0> : tensor<f64>],
    dl.expect = [dense<> : tensor<0xf64>]} {
  %r = dl.clamp %x, %y, %z : (tensor<?xf64>, tensor<f64>, tensor<f64>) -> tensor<?xf64>
  return %r : tensor<?xf64>
}
