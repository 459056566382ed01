// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels))' --remarks-filter-passed=fusion -o %t.mlir 2> %t && FileCheck %s < %t
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels))' --remarks-filter-passed=fusion --mlir-disable-threading -o %t.mlir 2> %t.one && cmp %t %t.one
// Variants run side by side; what they say alike is said once, line by line.
// CHECK: model.mlir:5:1: {{.*}} Fused {{.*}}Kernel=f_1_reduce{{.*}}Variants=c
// CHECK: model.mlir:10:1: {{.*}} Fused {{.*}}Kernel=f_1_reduce{{.*}}Variants="b, a"
// CHECK: model.mlir:20:1: {{.*}} Fused {{.*}}Kernel=f_0_map{{.*}}Variants="b, a"
// CHECK: model.mlir:30:1: {{.*}} Fused {{.*}}Kernel=f_0_map{{.*}}Variants=c
// CHECK-NOT: remark
// Nothing of it stays in the IR, and without a listener nothing comes there.
// RUN: not grep remark %t.mlir
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels))' | not grep remark
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>
dl.variant @b attributes {target = #target} {
  func.func @f(%x: tensor<8x8xf32>) -> tensor<8xf32> attributes {dl.entry} {
    %t = dl.transpose %x {permutation = array<i64: 1, 0>} : (tensor<8x8xf32>) -> tensor<8x8xf32> loc("model.mlir":20:1)
    %r = dl.reduce_sum %t {axes = array<i64: 0>} : (tensor<8x8xf32>) -> tensor<8xf32> loc("model.mlir":10:1)
    return %r : tensor<8xf32>
  }
}
dl.variant @a attributes {target = #target} {
  func.func @f(%x: tensor<8x8xf32>) -> tensor<8xf32> attributes {dl.entry} {
    %t = dl.transpose %x {permutation = array<i64: 1, 0>} : (tensor<8x8xf32>) -> tensor<8x8xf32> loc("model.mlir":20:1)
    %r = dl.reduce_sum %t {axes = array<i64: 0>} : (tensor<8x8xf32>) -> tensor<8xf32> loc("model.mlir":10:1)
    return %r : tensor<8xf32>
  }
}
dl.variant @c attributes {target = #target} {
  func.func @f(%x: tensor<8x8xf32>) -> tensor<8xf32> attributes {dl.entry} {
    %t = dl.transpose %x {permutation = array<i64: 1, 0>} : (tensor<8x8xf32>) -> tensor<8x8xf32> loc("model.mlir":30:1)
    %r = dl.reduce_sum %t {axes = array<i64: 0>} : (tensor<8x8xf32>) -> tensor<8xf32> loc("model.mlir":5:1)
    return %r : tensor<8xf32>
  }
}
