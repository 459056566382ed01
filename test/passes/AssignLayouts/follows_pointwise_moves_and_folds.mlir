// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Concat, slice, pad, folds with and without their axes, and argmax take the new
// order; two convolutions with these between them need no transpose of data.
// RUN: dlc-opt %s "--pass-pipeline=builtin.module(dl.variant(assign-layouts,canonicalize,cse))" | FileCheck %s
dl.variant @v attributes {target = #dl.target<arch = "x86_64", cpu = "", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 0>} {
// CHECK-LABEL: func.func @f(
// CHECK: %[[X:.*]] = dl.transpose %arg0 {permutation = array<i64: 0, 2, 3, 1>}
// CHECK: %[[W:.*]] = dl.transpose %arg1 {permutation = array<i64: 2, 3, 1, 0>}
// CHECK-NOT: dl.transpose
// CHECK: dl.concat %{{.*}}, %{{.*}} {axis = 3 : i64}
// CHECK: dl.slice {{.*}}dims = ["n", 5, 5, 4], starts = [0, 0, 0, 1], strides = array<i64: 1, 1, 1, 2>
// CHECK: dl.pad {{.*}}high = [0, 1, 0, 0], interior = array<i64: 0, 0, 0, 0>, low = [0, 0, 1, 0]
// CHECK: dl.reduce_max {{.*}}axes = array<i64: 3>, keep_dims{{.*}} -> tensor<?x6x6x1xf32>
// CHECK: dl.reduce_sum {{.*}}axes = array<i64: 1, 2>} {{.*}} -> tensor<?x4xf32>
// CHECK: dl.argmax {{.*}}axis = 3 : i64
func.func @f(%x: tensor<?x4x5x5xf32> {dl.dims = ["n", 4, 5, 5]}, %w: tensor<4x4x1x1xf32>, %zero: tensor<f32>)
    -> (tensor<?x4xf32>, tensor<?x6x6xi64>) {
  %y = dl.conv %x, %w {strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>}
      : (tensor<?x4x5x5xf32>, tensor<4x4x1x1xf32>) -> tensor<?x4x5x5xf32>
  %c = dl.concat %y, %y {axis = 1 : i64} : (tensor<?x4x5x5xf32>, tensor<?x4x5x5xf32>) -> tensor<?x8x5x5xf32>
  %s = dl.slice %c {starts = [0, 1, 0, 0], dims = ["n", 4, 5, 5], strides = array<i64: 1, 2, 1, 1>} : (tensor<?x8x5x5xf32>) -> tensor<?x4x5x5xf32>
  %p = dl.pad %s, %zero {low = [0, 0, 0, 1], high = [0, 0, 1, 0], interior = array<i64: 0, 0, 0, 0>} : (tensor<?x4x5x5xf32>, tensor<f32>) -> tensor<?x4x6x6xf32>
  %m = dl.reduce_max %p {axes = array<i64: 1>, keep_dims} : (tensor<?x4x6x6xf32>) -> tensor<?x1x6x6xf32>
  %d = dl.sub %p, %m : (tensor<?x4x6x6xf32>, tensor<?x1x6x6xf32>) -> tensor<?x4x6x6xf32>
  %z = dl.conv %d, %w {strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>}
      : (tensor<?x4x6x6xf32>, tensor<4x4x1x1xf32>) -> tensor<?x4x6x6xf32>
  %r = dl.reduce_sum %z {axes = array<i64: 2, 3>} : (tensor<?x4x6x6xf32>) -> tensor<?x4xf32>
  %a = dl.argmax %z {axis = 1 : i64} : (tensor<?x4x6x6xf32>) -> tensor<?x6x6xi64>
  return %r, %a : tensor<?x4xf32>, tensor<?x6x6xi64>
}
}
