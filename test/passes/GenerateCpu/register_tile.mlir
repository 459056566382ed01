// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels,tile-kernels,generate-cpu))' | FileCheck %s
// The sum over k carries 14 x 2 vectors; the bias is added while they are in registers.
// CHECK: func.func private @f_0_contract(%{{.*}}: !llvm.ptr, %{{.*}}: memref<?xf32>
// CHECK-SAME: dl.dims = ["batch"]
// CHECK: dl.parallel
// CHECK: scf.for
// CHECK: %{{.*}}:28 = scf.for {{.*}} -> (vector<16xf32>
// CHECK-COUNT-56: vector.fma
// CHECK: scf.yield
// CHECK: arith.addf
// CHECK: vector.store
dl.variant @v attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  func.func @f(%x: tensor<?x64xf32> {dl.dims = ["batch", 64]}, %w: tensor<64x128xf32>, %b: tensor<128xf32>) -> tensor<?x128xf32> attributes {dl.entry} {
    %y = dl.contract %x, %w {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x64xf32>, tensor<64x128xf32>) -> tensor<?x128xf32>
    %z = dl.add %y, %b : (tensor<?x128xf32>, tensor<128xf32>) -> tensor<?x128xf32>
    return %z : tensor<?x128xf32>
  }
}
