// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What a gradient is made of is asked once more after differentiation: padding
// between the elements of an empty axis has no extent.
// RUN: dlc --emit=dl %s -o - | FileCheck %s
// CHECK: given = "floordiv(n, 2)", what = "dl.pad (line {{.*}}): extent of axis 0"
func.func @f(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<?xf32> attributes {dl.entry} {
  %l, %g = dl.gradient wrt(%x : tensor<?xf32>) {
    %r = dl.slice %x {starts = [0], dims = ["floordiv(n, 2)"], strides = array<i64: 2>} : (tensor<?xf32>) -> tensor<?xf32>
    %s = dl.reduce_sum %r {axes = array<i64: 0>} : (tensor<?xf32>) -> tensor<f32>
    dl.yield %s : tensor<f32>
  } : tensor<f32>, tensor<?xf32>
  return %g : tensor<?xf32>
}
