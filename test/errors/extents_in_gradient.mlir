// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Said once, by whichever pass meets it first.
// RUN: not dlc-opt %s --differentiate 2>&1 | FileCheck %s
// RUN: not dlc %s -o %t.so 2>&1 | FileCheck %s
// CHECK: error: 'dl.mul' op extents differ in axis 0: n and m; equal extents must have equal names
// CHECK-NOT: error:
func.func @f(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<?xf32> {dl.dims = ["m"]}) -> tensor<?xf32> attributes {dl.entry} {
  %l, %g = dl.gradient wrt(%x : tensor<?xf32>) {
    %a = dl.mul %x, %y : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
    %s = dl.reduce_sum %a {axes = array<i64: 0>} : (tensor<?xf32>) -> tensor<f32>
    dl.yield %s : tensor<f32>
  } : tensor<f32>, tensor<?xf32>
  return %g : tensor<?xf32>
}
