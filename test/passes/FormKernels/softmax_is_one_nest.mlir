// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels))' | FileCheck %s
// Reductions over the same axis and what lies between them share one kernel;
// [n] and [n, 1] are one value inside it.
// CHECK: dl.kernel @f_0_reduce
// CHECK-SAME: argument_dims = {{\[\[}}"batch", 128]]
// CHECK: dl.reduce_max {{.*}}keep_dims
// CHECK: dl.reduce_sum {{.*}}keep_dims
// CHECK: dl.yield
// CHECK-NOT: dl.kernel
// CHECK: func.func @f
// CHECK-COUNT-1: dl.launch
// CHECK-NOT: dl.launch
dl.variant @v attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  func.func @f(%z: tensor<?x128xf32> {dl.dims = ["batch", 128]}) -> (tensor<?x128xf32>, tensor<?xf32>) attributes {dl.entry} {
    %m = dl.reduce_max %z {axes = array<i64: 1>, keep_dims} : (tensor<?x128xf32>) -> tensor<?x1xf32>
    %s = dl.sub %z, %m : (tensor<?x128xf32>, tensor<?x1xf32>) -> tensor<?x128xf32>
    %e = dl.exp %s : (tensor<?x128xf32>) -> tensor<?x128xf32>
    %t = dl.reduce_sum %e {axes = array<i64: 1>} : (tensor<?x128xf32>) -> tensor<?xf32>
    %l = dl.log %t : (tensor<?xf32>) -> tensor<?xf32>
    %k = dl.reshape %t {dims = ["batch", 1]} : (tensor<?xf32>) -> tensor<?x1xf32>
    %p = dl.div %e, %k : (tensor<?x128xf32>, tensor<?x1xf32>) -> tensor<?x128xf32>
    return %p, %l : tensor<?x128xf32>, tensor<?xf32>
  }
}
