// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --describe-interface --require-extents | FileCheck %s
// CHECK: requirements = [{expected = 5 : i64, given = "n", what = "dl.slice (line 8): extent of axis 0"}]
func.func @f(%x: tensor<?xf32> {dl.dims = ["n"]}) -> tensor<3xf32> attributes {dl.entry} {
  // Not asked for: numbers decide, the least value of a name does, or it has been asked already.
  %i = dl.iota {axis = 0 : i64, dims = ["n + 1"]} : () -> tensor<?xi64>
  %j = dl.slice %i {starts = [0], dims = ["n"], strides = array<i64: 1>} : (tensor<?xi64>) -> tensor<?xi64>
  %r = dl.slice %x {starts = [2], dims = [3], strides = array<i64: 1>} : (tensor<?xf32>) -> tensor<3xf32>
  %s = dl.slice %x {starts = [1], dims = [4], strides = array<i64: 1>} : (tensor<?xf32>) -> tensor<4xf32>
  return %r : tensor<3xf32>
}
