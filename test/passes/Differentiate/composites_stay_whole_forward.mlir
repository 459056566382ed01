// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --differentiate --canonicalize --cse | FileCheck %s
// A composite without a gradient of its own is decomposed for the backward pass only.
// CHECK-LABEL: @loss
// CHECK: %[[E:.*]] = dl.exp
// CHECK: %[[L:.*]] = dl.cross_entropy
// CHECK: %[[G:.*]] = dl.add
// CHECK: return %[[L]], %[[G]]
func.func @loss(%z: tensor<8x10xf32>, %y: tensor<8xui8>) -> (tensor<f32>, tensor<8x10xf32>) {
  %l, %g = dl.gradient wrt(%z : tensor<8x10xf32>) {
    %c = dl.cross_entropy %z, %y : (tensor<8x10xf32>, tensor<8xui8>) -> tensor<f32>
    dl.yield %c : tensor<f32>
  } : tensor<f32>, tensor<8x10xf32>
  return %l, %g : tensor<f32>, tensor<8x10xf32>
}
