// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --thread-state | FileCheck %s
// CHECK-LABEL: @entry
// CHECK-SAME: %[[XS:.*]]: tensor<4xf32>, %[[W:.*]]: tensor<f32> {dl.state = @w}, %[[STEP:.*]]: tensor<i64> {dl.state = @dl.step}
// CHECK: dl.scan over(%[[XS]]) with(%[[W]], %[[STEP]]) length 4 : i64 {
// CHECK-NEXT: ^bb0(%[[X:.*]]: tensor<f32>, %[[U:.*]]: tensor<f32>, %[[T:.*]]: tensor<i64>):
// CHECK: %[[Y:.*]] = dl.mul %[[X]], %[[U]]
// CHECK: dl.cast %[[T]]
dl.parameter @w : tensor<f32> = #dl.ones
func.func @entry(%xs: tensor<4xf32>) -> tensor<4xf32> attributes {dl.entry} {
  %ys = dl.scan over(%xs) length 4 {
  ^bb0(%x: tensor<f32>):
    %w = dl.read @w : tensor<f32>
    %t = dl.step : tensor<i64>
    %y = dl.mul %x, %w : (tensor<f32>, tensor<f32>) -> tensor<f32>
    %f = dl.cast %t : (tensor<i64>) -> tensor<f32>
    %z = dl.mul %y, %f : (tensor<f32>, tensor<f32>) -> tensor<f32>
    dl.yield %z : tensor<f32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return %ys : tensor<4xf32>
}
