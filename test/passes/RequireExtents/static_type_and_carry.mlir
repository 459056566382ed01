// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A type may say a number where the rule gives a name, and carries keep extents.
// RUN: dlc-opt %s --describe-interface --require-extents | FileCheck %s
// CHECK: {exact, expected = 3 : i64, given = "n", what = "dl.neg (line {{.*}}): extent of result axis 0"}
// CHECK-SAME: {exact, expected = "n", given = "m", what = "dl.scan (line {{.*}}): extent of carry 0 in axis 0"}
func.func @f(%x: tensor<?xf32> {dl.dims = ["n"]}, %y: tensor<?xf32> {dl.dims = ["m"]}) -> (tensor<3xf32>, tensor<?xf32>) attributes {dl.entry} {
  %r = dl.neg %x : (tensor<?xf32>) -> tensor<3xf32>
  %s = dl.scan init(%x) with(%y) length 2 {
  ^bb0(%kept: tensor<?xf32>, %other: tensor<?xf32>):
    dl.yield %other : tensor<?xf32>
  } : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  return %r, %s : tensor<3xf32>, tensor<?xf32>
}
