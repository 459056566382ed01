// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(decompose,canonicalize,cse,form-kernels))' | FileCheck %s
// The update of a parameter is computed where its gradient is: no gradient reaches memory.
// CHECK: dl.kernel @step_{{[0-9]+}}_contract
// CHECK: dl.contract
// CHECK: dl.mul
// CHECK: dl.sub
// CHECK: dl.yield %{{.*}} : tensor<4x8xf32>
// CHECK: func.func @step
// CHECK-COUNT-1: dl.launch
// CHECK-NOT: dl.launch
dl.variant @v attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  func.func @step(%x: tensor<?x4xf32> {dl.dims = ["batch", 4]}, %d: tensor<?x8xf32> {dl.dims = ["batch", 8]}, %rate: tensor<f32>, %w: tensor<4x8xf32>) -> tensor<4x8xf32> attributes {dl.entry} {
    %g = dl.contract %x, %d {lhs_contract = array<i64: 0>, rhs_contract = array<i64: 0>} : (tensor<?x4xf32>, tensor<?x8xf32>) -> tensor<4x8xf32>
    %n = dl.sgd %w, %g, %rate : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<f32>) -> tensor<4x8xf32>
    return %n : tensor<4x8xf32>
  }
}
