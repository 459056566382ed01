// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What ops ask of extents that only a call can tell: compiled code refuses what
// the evaluator refuses, for every size, and computes the rest alike.
// RUN: dlc-verify --cpu native %s --dim n=2,3,5,8,0 --dim m=0,2,4,5,1 -v | FileCheck %s
// CHECK-NOT: 0 calls
// CHECK: 13 passed, 0 failed

func.func @slice(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<3xf32> attributes {dl.entry} {
  %r = dl.slice %x {starts = [1], dims = [3], strides = array<i64: 2>} : (tensor<?xf32>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}
func.func @slice_from_a_name(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<2xf32> attributes {dl.entry} {
  %r = dl.slice %x {starts = ["n - 3"], dims = [2], strides = array<i64: 1>} : (tensor<?xf32>) -> tensor<2xf32>
  return %r : tensor<2xf32>
}
func.func @negative_extent(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xi64> attributes {dl.entry} {
  %r = dl.iota {axis = 0 : i64, dims = ["n - 3"]} : () -> tensor<?xi64>
  return %r : tensor<?xi64>
}
func.func @negative_padding(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {dl.entry} {
  %z = dl.constant dense<0.0> : tensor<f32>
  %r = dl.pad %x, %z {low = [0], high = ["4 - n"], interior = array<i64: 0>} : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func @interior_padding(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {dl.entry} {
  %z = dl.constant dense<0.0> : tensor<f32>
  %r = dl.pad %x, %z {low = [0], high = [0], interior = array<i64: 2>} : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func @scan_lengths(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<?xf32> {dl.dims = ["m"]}) -> tensor<f32> attributes {dl.entry} {
  %z = dl.constant dense<0.0> : tensor<f32>
  %r = dl.scan init(%z) over(%x, %y) length "n" {
  ^bb0(%sum: tensor<f32>, %a: tensor<f32>, %b: tensor<f32>):
    %t = dl.add %a, %b : (tensor<f32>, tensor<f32>) -> tensor<f32>
    %next = dl.add %sum, %t : (tensor<f32>, tensor<f32>) -> tensor<f32>
    dl.yield %next : tensor<f32>
  } : (tensor<f32>, tensor<?xf32>, tensor<?xf32>) -> tensor<f32>
  return %r : tensor<f32>
}
func.func @carry_grows(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<?xf32> {dl.dims = ["m"]}) -> tensor<?xf32> attributes {dl.entry} {
  %r = dl.scan init(%x) over(%y) with(%y) length "m" {
  ^bb0(%kept: tensor<?xf32>, %b: tensor<f32>, %whole: tensor<?xf32>):
    %next = dl.add %whole, %b : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
    dl.yield %next : tensor<?xf32>
  } : (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func @static_where_named(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<3xf32> attributes {dl.entry} {
  %r = dl.neg %x : (tensor<?xf32>) -> tensor<3xf32>
  return %r : tensor<3xf32>
}
func.func @empty_reshape(%x: tensor<0x4xf32>, %y: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {dl.entry} {
  %r = dl.reshape %x {dims = ["n"]} : (tensor<0x4xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func @argmax(%x: tensor<2x?xf32> {dl.dims = [2, "m"]}) -> tensor<2xi64> attributes {dl.entry} {
  %r = dl.argmax %x {axis = 1 : i64} : (tensor<2x?xf32>) -> tensor<2xi64>
  return %r : tensor<2xi64>
}
func.func @conv(%x: tensor<1x1x?xf32> {dl.dims = [1, 1, "n"]}, %w: tensor<1x1x5xf32>) -> tensor<1x1x?xf32> attributes {dl.entry} {
  %r = dl.conv %x, %w {strides = array<i64: 1>, dilations = array<i64: 1>, low = array<i64: 1>, high = array<i64: 1>, groups = 1 : i64}
      : (tensor<1x1x?xf32>, tensor<1x1x5xf32>) -> tensor<1x1x?xf32>
  return %r : tensor<1x1x?xf32>
}
func.func @max_pool(%x: tensor<1x?x2xf32> {dl.dims = [1, "n", 2]}) -> tensor<1x?x2xf32> attributes {dl.entry} {
  %r = dl.max_pool %x {window = array<i64: 3>, strides = array<i64: 2>, low = array<i64: 0>, high = array<i64: 0>, channels_last} : (tensor<1x?x2xf32>) -> tensor<1x?x2xf32>
  return %r : tensor<1x?x2xf32>
}
// Padding alone fills a window: nothing is there to pick.
func.func @max_pool_pick(%x: tensor<1x?x2xf32> {dl.dims = [1, "m", 2]}, %v: tensor<1x?x2xf32> {dl.dims = [1, "m", 2]}) -> tensor<1x?x2xf32> attributes {dl.entry} {
  %r = dl.max_pool_pick %x, %v {window = array<i64: 2>, strides = array<i64: 1>, low = array<i64: 1>, high = array<i64: 1>, channels_last}
      : (tensor<1x?x2xf32>, tensor<1x?x2xf32>) -> tensor<1x?x2xf32>
  return %r : tensor<1x?x2xf32>
}
