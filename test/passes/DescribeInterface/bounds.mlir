// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An index input is bounded by its uses: the smallest table, through views and
// widening, not through arithmetic or narrowing, and not where the table's
// extent is only known at run time.
// RUN: dlc-opt %s --describe-interface | FileCheck %s
// CHECK: {below = 7 : i64, dims = ["n"], kind = "input", name = "both"
// CHECK-SAME: {dims = ["n"], kind = "input", name = "computed"
// CHECK-SAME: {dims = ["n"], kind = "input", name = "narrowed"
// CHECK-SAME: {dims = ["n"], kind = "input", name = "dynamic"
func.func @f(%small: tensor<7x4xf32> {dl.name = "small"}, %large: tensor<9x4xf32> {dl.name = "large"},
             %rows: tensor<?x4xf32> {dl.name = "rows", dl.dims = ["n", 4]},
             %both: tensor<?xi32> {dl.name = "both", dl.dims = ["n"]},
             %computed: tensor<?xi32> {dl.name = "computed", dl.dims = ["n"]},
             %narrowed: tensor<?xi32> {dl.name = "narrowed", dl.dims = ["n"]},
             %dynamic: tensor<?xi32> {dl.name = "dynamic", dl.dims = ["n"]}) attributes {dl.entry} {
  %0 = dl.gather %large, %both {axis = 0 : i64} : (tensor<9x4xf32>, tensor<?xi32>) -> tensor<?x4xf32>
  %1 = dl.cast %both : (tensor<?xi32>) -> tensor<?xi64>
  %2 = dl.reshape %1 {dims = ["n", 1]} : (tensor<?xi64>) -> tensor<?x1xi64>
  %3 = dl.gather %small, %2 {axis = 0 : i64} : (tensor<7x4xf32>, tensor<?x1xi64>) -> tensor<?x1x4xf32>
  %4 = dl.add %computed, %computed : (tensor<?xi32>, tensor<?xi32>) -> tensor<?xi32>
  %5 = dl.gather %small, %4 {axis = 0 : i64} : (tensor<7x4xf32>, tensor<?xi32>) -> tensor<?x4xf32>
  %6 = dl.cast %narrowed : (tensor<?xi32>) -> tensor<?xi8>
  %7 = dl.gather %small, %6 {axis = 0 : i64} : (tensor<7x4xf32>, tensor<?xi8>) -> tensor<?x4xf32>
  %8 = dl.gather %rows, %dynamic {axis = 0 : i64} : (tensor<?x4xf32>, tensor<?xi32>) -> tensor<?x4xf32>
  return
}
