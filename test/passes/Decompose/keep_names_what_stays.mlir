// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --decompose=keep=softmax,gelu | FileCheck %s
// CHECK-LABEL: @f
// CHECK: dl.softmax
// CHECK: dl.sigmoid
// CHECK: dl.gelu
func.func @f(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %p = dl.softmax %x {axis = 1 : i64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %y = dl.silu %p : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %z = dl.gelu %y : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %z : tensor<4x8xf32>
}
