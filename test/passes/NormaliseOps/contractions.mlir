// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(normalise-ops,canonicalize))' | FileCheck %s
dl.variant @v attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  // Axes that lie together become one by a reshape, without a copy.
  // CHECK-LABEL: func.func @heads
  // CHECK-NOT: dl.transpose
  // CHECK: dl.contract {{.*}} {lhs_batch = array<i64: 0>, lhs_contract = array<i64: 2>, rhs_batch = array<i64: 0>, rhs_contract = array<i64: 2>} : (tensor<?x?x32xf32>, tensor<?x?x32xf32>) -> tensor<?x?x?xf32>
  // CHECK: dl.reshape {{.*}}["batch", 12, "n", "n"]
  func.func @heads(%q: tensor<?x12x?x32xf32> {dl.dims = ["batch", 12, "n", 32]}, %k: tensor<?x12x?x32xf32> {dl.dims = ["batch", 12, "n", 32]}) -> tensor<?x12x?x?xf32> {
    %r = dl.contract %q, %k {lhs_batch = array<i64: 0, 1>, rhs_batch = array<i64: 0, 1>, lhs_contract = array<i64: 3>, rhs_contract = array<i64: 3>}
        : (tensor<?x12x?x32xf32>, tensor<?x12x?x32xf32>) -> tensor<?x12x?x?xf32>
    return %r : tensor<?x12x?x?xf32>
  }
  // Others are transposed first.
  // CHECK-LABEL: func.func @apart
  // CHECK: dl.transpose %arg0 {permutation = array<i64: 0, 2, 1>}
  // CHECK: dl.contract {{.*}} : (tensor<10x3xf32>, tensor<3x4xf32>) -> tensor<10x4xf32>
  func.func @apart(%x: tensor<2x3x5xf32>, %y: tensor<3x4xf32>) -> tensor<2x5x4xf32> {
    %r = dl.contract %x, %y {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<2x3x5xf32>, tensor<3x4xf32>) -> tensor<2x5x4xf32>
    return %r : tensor<2x5x4xf32>
  }
  // CHECK-LABEL: func.func @best
  // CHECK-NOT: dl.argmax
  // CHECK: dl.reduce_max
  // CHECK: dl.iota
  // CHECK: dl.reduce_min
  func.func @best(%x: tensor<?x10xf32> {dl.dims = ["batch", 10]}) -> tensor<?xi64> {
    %r = dl.argmax %x {axis = 1 : i64} : (tensor<?x10xf32>) -> tensor<?xi64>
    return %r : tensor<?xi64>
  }
}
