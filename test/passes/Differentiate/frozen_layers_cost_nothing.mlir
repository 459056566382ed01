// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --differentiate --canonicalize --cse | FileCheck %s
// Only the second layer trains: one contraction for its weight, none for the
// first layer's weight, none back to the first layer.
// CHECK-LABEL: @last
// CHECK: dl.matmul
// CHECK: dl.matmul
// CHECK: dl.contract
// CHECK-SAME: -> tensor<4x2xf32>
// CHECK-NOT: dl.contract
// Only the first trains: the second's weight gradient is not computed.
// CHECK-LABEL: @first
// CHECK: dl.contract
// CHECK-SAME: -> tensor<8x4xf32>
// CHECK: dl.contract
// CHECK-SAME: -> tensor<3x4xf32>
// CHECK-NOT: dl.contract
// RUN: dlc-opt %s --differentiate --remarks-filter=differentiation -o %t 2>&1 | FileCheck %s --check-prefix=REMARK
// REMARK: [Passed] Pruned | Category:differentiation | Function=last | Remark="dl.matmul depends on nothing that is differentiated
// REMARK: [Analysis] Saved | Category:differentiation | Function=last | Extents="8 x 4", Readers=2, Remark="dl.tanh: its result is kept for the backward pass"
func.func @last(%x: tensor<8x3xf32>, %w1: tensor<3x4xf32>, %w2: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %l, %g = dl.gradient wrt(%w2 : tensor<4x2xf32>) {
    %a = dl.matmul %x, %w1 : (tensor<8x3xf32>, tensor<3x4xf32>) -> tensor<8x4xf32>
    %h = dl.tanh %a : (tensor<8x4xf32>) -> tensor<8x4xf32>
    %z = dl.matmul %h, %w2 : (tensor<8x4xf32>, tensor<4x2xf32>) -> tensor<8x2xf32>
    %s = dl.tanh %z : (tensor<8x2xf32>) -> tensor<8x2xf32>
    %r = dl.reduce_sum %s {axes = array<i64: 0, 1>} : (tensor<8x2xf32>) -> tensor<f32>
    dl.yield %r : tensor<f32>
  } : tensor<f32>, tensor<4x2xf32>
  return %g : tensor<4x2xf32>
}
func.func @first(%x: tensor<8x3xf32>, %w1: tensor<3x4xf32>, %w2: tensor<4x2xf32>) -> tensor<3x4xf32> {
  %l, %g = dl.gradient wrt(%w1 : tensor<3x4xf32>) {
    %a = dl.matmul %x, %w1 : (tensor<8x3xf32>, tensor<3x4xf32>) -> tensor<8x4xf32>
    %h = dl.tanh %a : (tensor<8x4xf32>) -> tensor<8x4xf32>
    %z = dl.matmul %h, %w2 : (tensor<8x4xf32>, tensor<4x2xf32>) -> tensor<8x2xf32>
    %s = dl.tanh %z : (tensor<8x2xf32>) -> tensor<8x2xf32>
    %r = dl.reduce_sum %s {axes = array<i64: 0, 1>} : (tensor<8x2xf32>) -> tensor<f32>
    dl.yield %r : tensor<f32>
  } : tensor<f32>, tensor<3x4xf32>
  return %g : tensor<3x4xf32>
}
