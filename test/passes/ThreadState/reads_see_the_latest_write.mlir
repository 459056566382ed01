// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --thread-state | FileCheck %s
// CHECK-LABEL: @entry
// CHECK-SAME: %[[X:.*]]: tensor<f32>, %[[W:.*]]: tensor<f32> {dl.state = @w}, %[[STEP:.*]]: tensor<i64> {dl.state = @dl.step}
// CHECK: %[[FIRST:.*]] = dl.add %[[W]], %[[X]]
// CHECK: %[[SECOND:.*]] = dl.mul %[[FIRST]], %[[X]]
// CHECK: %[[NEXT:.*]] = dl.add %[[STEP]],
// CHECK: return %[[W]], %[[STEP]], %[[SECOND]], %[[NEXT]]
dl.parameter @w : tensor<f32> = #dl.ones
func.func @entry(%x: tensor<f32>) -> (tensor<f32>, tensor<i64>) attributes {dl.entry} {
  %a = dl.read @w : tensor<f32>
  %b = dl.add %a, %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
  dl.write @w, %b : tensor<f32>
  %c = dl.read @w : tensor<f32>
  %d = dl.mul %c, %x : (tensor<f32>, tensor<f32>) -> tensor<f32>
  dl.write @w, %d : tensor<f32>
  %step = dl.step : tensor<i64>
  return %a, %step : tensor<f32>, tensor<i64>
}
