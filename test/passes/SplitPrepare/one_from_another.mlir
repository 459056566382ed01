// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels,split-prepare))' | FileCheck %s
// Two values are prepared, the second from the first; calls read both.
// CHECK-LABEL: func.func @predict
// CHECK-SAME: dl.prepared = 0 : i64
// CHECK-SAME: dl.prepared = 128 : i64
// CHECK-LABEL: func.func @dl.prepare
// CHECK: %[[FIRST:.*]] = dl.launch @predict_0_map(%arg0)
// CHECK: %[[SECOND:.*]] = dl.launch @predict_{{.*}}(%[[FIRST]])
// CHECK: return %[[FIRST]], %[[SECOND]]
dl.variant @v attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  func.func @predict(%x: tensor<8x4xf32>, %w: tensor<4x8xf32> {dl.state = @w}) -> (tensor<8x4xf32>, tensor<8x8xf32>) attributes {dl.entry} {
    %t = dl.transpose %w {permutation = array<i64: 1, 0>} : (tensor<4x8xf32>) -> tensor<8x4xf32>
    %u = dl.reverse %t {axes = array<i64: 0>} : (tensor<8x4xf32>) -> tensor<8x4xf32>
    %y = dl.add %x, %t : (tensor<8x4xf32>, tensor<8x4xf32>) -> tensor<8x4xf32>
    %z = dl.contract %u, %x {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 1>} : (tensor<8x4xf32>, tensor<8x4xf32>) -> tensor<8x8xf32>
    return %y, %z : tensor<8x4xf32>, tensor<8x8xf32>
  }
}
