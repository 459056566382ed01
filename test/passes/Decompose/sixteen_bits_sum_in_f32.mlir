// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --decompose | FileCheck %s
// CHECK-LABEL: @f
// CHECK: dl.exp {{.*}} : (tensor<4x8xf32>) -> tensor<4x8xf32>
// CHECK: dl.reduce_sum {{.*}} -> tensor<4x1xf32>
// CHECK: dl.cast {{.*}} -> tensor<4x8xbf16>
// CHECK: return {{.*}} : tensor<4x8xbf16>
func.func @f(%x: tensor<4x8xbf16>) -> tensor<4x8xbf16> {
  %p = dl.softmax %x {axis = 1 : i64} : (tensor<4x8xbf16>) -> tensor<4x8xbf16>
  return %p : tensor<4x8xbf16>
}
