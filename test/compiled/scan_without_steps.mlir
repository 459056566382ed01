// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What fits does not depend on how often a loop runs: with no step, too, the
// evaluator and compiled code refuse what the loop's body cannot take, and what
// it can take leaves the inits and empty stacks.
// RUN: dlc-verify --cpu native %s --dim n=2,3,4 --dim t=0,0,3 -v | FileCheck %s
// CHECK-NOT: 0 calls
// CHECK: 3 passed, 0 failed

func.func @slice_in_the_body(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<?xf32> {dl.dims = ["t"]}) -> (tensor<f32>, tensor<?x3xf32>) attributes {dl.entry} {
  %z = dl.constant dense<0.5> : tensor<f32>
  %r:2 = dl.scan init(%z) over(%y) with(%x) length "t" {
  ^bb0(%sum: tensor<f32>, %b: tensor<f32>, %whole: tensor<?xf32>):
    %part = dl.slice %whole {starts = [0], dims = [3], strides = array<i64: 1>} : (tensor<?xf32>) -> tensor<3xf32>
    %next = dl.add %sum, %b : (tensor<f32>, tensor<f32>) -> tensor<f32>
    dl.yield %next, %part : tensor<f32>, tensor<3xf32>
  } : (tensor<f32>, tensor<?xf32>, tensor<?xf32>) -> (tensor<f32>, tensor<?x3xf32>)
  return %r#0, %r#1 : tensor<f32>, tensor<?x3xf32>
}
func.func @carry(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<?xf32> {dl.dims = ["t"]}) -> tensor<?xf32> attributes {dl.entry} {
  %three = dl.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %r = dl.scan init(%x) over(%y) with(%three) length "t" {
  ^bb0(%c: tensor<?xf32>, %b: tensor<f32>, %k: tensor<3xf32>):
    %next = dl.add %k, %b : (tensor<3xf32>, tensor<f32>) -> tensor<?xf32>
    dl.yield %next : tensor<?xf32>
  } : (tensor<?xf32>, tensor<?xf32>, tensor<3xf32>) -> tensor<?xf32>
  return %r : tensor<?xf32>
}
func.func @loop_in_a_loop(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<?xf32> {dl.dims = ["t"]}) -> tensor<f32> attributes {dl.entry} {
  %z = dl.constant dense<0.0> : tensor<f32>
  %r = dl.scan init(%z) over(%y) with(%x) length "t" {
  ^bb0(%sum: tensor<f32>, %b: tensor<f32>, %whole: tensor<?xf32>):
    %inner = dl.scan init(%sum) over(%whole) length 3 {
    ^bb1(%s: tensor<f32>, %e: tensor<f32>):
      %next = dl.add %s, %e : (tensor<f32>, tensor<f32>) -> tensor<f32>
      dl.yield %next : tensor<f32>
    } : (tensor<f32>, tensor<?xf32>) -> tensor<f32>
    dl.yield %inner : tensor<f32>
  } : (tensor<f32>, tensor<?xf32>, tensor<?xf32>) -> tensor<f32>
  return %r : tensor<f32>
}
