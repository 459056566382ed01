// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Labels and indices that the model computes are checked where they are used:
// compiled code refuses what the evaluator refuses.
// RUN: dlc-verify %s -v | FileCheck %s
// CHECK: 10 passed, 0 failed

func.func @label_from_float(%x: tensor<2x3xf32>, %y: tensor<2xf32>) -> tensor<f32> attributes {dl.entry,
    dl.inputs = [dense<0.0> : tensor<2x3xf32>, dense<[2.0, 3.0]> : tensor<2xf32>]} {
  %label = dl.cast %y : (tensor<2xf32>) -> tensor<2xi64>
  %r = dl.cross_entropy %x, %label : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<f32>
  return %r : tensor<f32>
}
func.func @label_narrowed(%x: tensor<2x3xf32>, %y: tensor<2xi64>) -> tensor<f32> attributes {dl.entry,
    dl.inputs = [dense<0.0> : tensor<2x3xf32>, dense<[1, 255]> : tensor<2xi64>]} {
  %label = dl.cast %y : (tensor<2xi64>) -> tensor<2xi8>
  %r = dl.cross_entropy %x, %label : (tensor<2x3xf32>, tensor<2xi8>) -> tensor<f32>
  return %r : tensor<f32>
}
func.func @label_shifted(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}, %y: tensor<?xui8> {dl.dims = ["n"]}) -> tensor<f32> attributes {dl.entry,
    dl.inputs = [dense<0.0> : tensor<17x3xf32>, dense<[1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 4]> : tensor<17xui8>]} {
  %one = dl.constant dense<1> : tensor<i32>
  %wide = dl.cast %y : (tensor<?xui8>) -> tensor<?xi32>
  %label = dl.sub %wide, %one : (tensor<?xi32>, tensor<i32>) -> tensor<?xi32>
  %r = dl.cross_entropy %x, %label : (tensor<?x3xf32>, tensor<?xi32>) -> tensor<f32>
  return %r : tensor<f32>
}
func.func @label_sliced(%x: tensor<2x3xf32>, %y: tensor<3xi32>) -> tensor<f32> attributes {dl.entry,
    dl.inputs = [dense<0.0> : tensor<2x3xf32>, dense<[0, 1, -1]> : tensor<3xi32>]} {
  %label = dl.slice %y {starts = [1], dims = [2], strides = array<i64: 1>} : (tensor<3xi32>) -> tensor<2xi32>
  %r = dl.cross_entropy %x, %label : (tensor<2x3xf32>, tensor<2xi32>) -> tensor<f32>
  return %r : tensor<f32>
}
// As many classes as the call says: the runtime cannot know before.
func.func @classes_by_name(%x: tensor<2x?xf32> {dl.dims = [2, "c"]}, %y: tensor<2xi64>) -> tensor<f32> attributes {dl.entry,
    dl.inputs = [dense<0.0> : tensor<2x3xf32>, dense<[0, 3]> : tensor<2xi64>]} {
  %r = dl.cross_entropy %x, %y : (tensor<2x?xf32>, tensor<2xi64>) -> tensor<f32>
  return %r : tensor<f32>
}
// The gradient alone asks for labels in range as the loss does.
func.func @gradient_alone(%x: tensor<2x3xf32>, %y: tensor<2xf32>) -> tensor<2x3xf32> attributes {dl.entry,
    dl.inputs = [dense<0.0> : tensor<2x3xf32>, dense<[2.0, -1.0]> : tensor<2xf32>]} {
  %l, %g = dl.gradient wrt(%x : tensor<2x3xf32>) {
    %label = dl.cast %y : (tensor<2xf32>) -> tensor<2xi64>
    %r = dl.cross_entropy %x, %label : (tensor<2x3xf32>, tensor<2xi64>) -> tensor<f32>
    dl.yield %r : tensor<f32>
  } : tensor<f32>, tensor<2x3xf32>
  return %g : tensor<2x3xf32>
}
func.func @gather(%x: tensor<5x4xf32>, %y: tensor<2xf32>) -> tensor<2x4xf32> attributes {dl.entry,
    dl.inputs = [dense<0.0> : tensor<5x4xf32>, dense<[4.0, 5.0]> : tensor<2xf32>]} {
  %i = dl.cast %y : (tensor<2xf32>) -> tensor<2xi32>
  %r = dl.gather %x, %i {axis = 0 : i64} : (tensor<5x4xf32>, tensor<2xi32>) -> tensor<2x4xf32>
  return %r : tensor<2x4xf32>
}
// Not even element 0 may be read of nothing.
func.func @gather_from_nothing(%x: tensor<?x4xf32> {dl.dims = ["n", 4]}, %y: tensor<1xi64>) -> tensor<1x4xf32> attributes {dl.entry,
    dl.inputs = [dense<> : tensor<0x4xf32>, dense<0> : tensor<1xi64>]} {
  %r = dl.gather %x, %y {axis = 0 : i64} : (tensor<?x4xf32>, tensor<1xi64>) -> tensor<1x4xf32>
  return %r : tensor<1x4xf32>
}
func.func @scatter(%x: tensor<2xf32>, %y: tensor<2x4xf32>) -> tensor<5x4xf32> attributes {dl.entry,
    dl.inputs = [dense<[0.0, -1.0]> : tensor<2xf32>, dense<1.0> : tensor<2x4xf32>]} {
  %i = dl.cast %x : (tensor<2xf32>) -> tensor<2xi64>
  %r = dl.scatter_add %i, %y {axis = 0 : i64, dims = [5, 4]} : (tensor<2xi64>, tensor<2x4xf32>) -> tensor<5x4xf32>
  return %r : tensor<5x4xf32>
}
func.func @in_a_loop(%x: tensor<3xf32>, %table: tensor<2xf32>) -> tensor<f32> attributes {dl.entry,
    dl.inputs = [dense<[0.0, 1.0, 2.0]> : tensor<3xf32>, dense<1.0> : tensor<2xf32>]} {
  %zero = dl.constant dense<0.0> : tensor<f32>
  %r = dl.scan init(%zero) over(%x) with(%table) length 3 {
  ^bb0(%sum: tensor<f32>, %at: tensor<f32>, %t: tensor<2xf32>):
    %i = dl.cast %at : (tensor<f32>) -> tensor<i32>
    %v = dl.gather %t, %i {axis = 0 : i64} : (tensor<2xf32>, tensor<i32>) -> tensor<f32>
    %next = dl.add %sum, %v : (tensor<f32>, tensor<f32>) -> tensor<f32>
    dl.yield %next : tensor<f32>
  } : (tensor<f32>, tensor<3xf32>, tensor<2xf32>) -> tensor<f32>
  return %r : tensor<f32>
}
