// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What goes along an axis in order: running sums by columns and by rows, and
// updates scattered to rows, pieces of long rows, and single elements.
// RUN: dlc --device=cuda --emit=kernels %s -o %t.mlir
// RUN: dlc-simulate %t.mlir --dim n=1,70 | FileCheck %s
// CHECK: [[COUNT:[0-9]+]] of [[COUNT]] kernels agree
// RUN: dlc --device=cuda %s -o %t.ptx && FileCheck %s --check-prefix=PTX < %t.ptx
// PTX-NOT: atom.global.add
// PTX-LABEL: .entry table_0_scatter_add
// PTX: vote.sync.ballot.b32
// PTX: st.global.v4
// PTX-NOT: atom.global.add

func.func @columns(%x: tensor<?x5x12xf32> {dl.dims = ["n", 5, 12]}) -> tensor<?x5x12xf32> attributes {dl.entry} {
  %y = dl.cumsum %x {axis = 0 : i64} : (tensor<?x5x12xf32>) -> tensor<?x5x12xf32>
  return %y : tensor<?x5x12xf32>
}
func.func @rows(%x: tensor<3x?xf32> {dl.dims = [3, "n"]}) -> tensor<3x?xf32> attributes {dl.entry} {
  %y = dl.cumsum %x {axis = 1 : i64, reverse} : (tensor<3x?xf32>) -> tensor<3x?xf32>
  return %y : tensor<3x?xf32>
}
func.func @exclusive(%x: tensor<?x75xi64> {dl.dims = ["n", 75]}) -> tensor<?x75xi64> attributes {dl.entry} {
  %y = dl.cumsum %x {axis = 1 : i64, exclusive} : (tensor<?x75xi64>) -> tensor<?x75xi64>
  return %y : tensor<?x75xi64>
}
func.func @table(%i: tensor<?x3xi64> {dl.dims = ["n", 3]}, %u: tensor<?x3x24xf32> {dl.dims = ["n", 3, 24]}) -> tensor<5x24xf32> attributes {dl.entry} {
  %y = dl.scatter_add %i, %u {axis = 0 : i64, dims = [5, 24]} : (tensor<?x3xi64>, tensor<?x3x24xf32>) -> tensor<5x24xf32>
  return %y : tensor<5x24xf32>
}
func.func @long(%i: tensor<?xi32> {dl.dims = ["n"]}, %u: tensor<2x?x5x300xbf16> {dl.dims = [2, "n", 5, 300]}) -> tensor<2x4x5x300xbf16> attributes {dl.entry} {
  %y = dl.scatter_add %i, %u {axis = 1 : i64, dims = [2, 4, 5, 300]} : (tensor<?xi32>, tensor<2x?x5x300xbf16>) -> tensor<2x4x5x300xbf16>
  return %y : tensor<2x4x5x300xbf16>
}
func.func @elements(%i: tensor<?xi64> {dl.dims = ["n"]}, %u: tensor<3x?xf64> {dl.dims = [3, "n"]}) -> tensor<3x9xf64> attributes {dl.entry} {
  %y = dl.scatter_add %i, %u {axis = 1 : i64, dims = [3, 9]} : (tensor<?xi64>, tensor<3x?xf64>) -> tensor<3x9xf64>
  return %y : tensor<3x9xf64>
}
