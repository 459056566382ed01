// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --differentiate --canonicalize --cse | FileCheck %s
// One loop forward, which also stacks the carries, and one back; the input's
// gradient is not asked for, so the loop back stacks nothing.
// CHECK-LABEL: @recurrent
// CHECK: %[[F:.*]]:2 = dl.scan init(%{{.*}}) over(%{{.*}}) with(%{{.*}}) length 5 : i64 {
// CHECK: -> (tensor<3xf32>, tensor<5x3xf32>)
// CHECK: %[[B:.*]]:2 = dl.scan init(%{{.*}}, %{{.*}}) over(%[[F]]#1, %{{.*}}) with(%{{.*}}) length 5 : i64 {
// CHECK: reverse
// CHECK-SAME: -> (tensor<3xf32>, tensor<3xf32>)
// CHECK-NOT: dl.scan
// CHECK: return %[[B]]#1
func.func @recurrent(%h0: tensor<3xf32>, %xs: tensor<5x3xf32>, %w: tensor<3xf32>) -> tensor<3xf32> {
  %l, %g = dl.gradient wrt(%w : tensor<3xf32>) {
    %h = dl.scan init(%h0) over(%xs) with(%w) length 5 {
    ^bb0(%c: tensor<3xf32>, %x: tensor<3xf32>, %u: tensor<3xf32>):
      %p = dl.mul %c, %u : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
      %s = dl.add %p, %x : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
      dl.yield %s : tensor<3xf32>
    } : (tensor<3xf32>, tensor<5x3xf32>, tensor<3xf32>) -> tensor<3xf32>
    %r = dl.reduce_sum %h {axes = array<i64: 0>} : (tensor<3xf32>) -> tensor<f32>
    dl.yield %r : tensor<f32>
  } : tensor<f32>, tensor<3xf32>
  return %g : tensor<3xf32>
}
