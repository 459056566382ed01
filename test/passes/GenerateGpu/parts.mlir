// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sums that few blocks would make are cut into parts, whose sums a second launch
// adds in order: columns, rows, products, each with what follows from the whole.
// RUN: dlc --device=cuda --emit=kernels %s -o %t.mlir
// RUN: grep -c 'parts = ' %t.mlir | FileCheck %s --check-prefix=COUNT
// COUNT: 6
// RUN: dlc-simulate %t.mlir --dim n=1,70 | FileCheck %s
// CHECK: 6 of 6 kernels agree
// RUN: %python %S/ptxas.py %t.table %s | FileCheck %s --check-prefix=TABLE
// TABLE: {{[0-9]+ kernels assembled|NOT CHECKED}}
// RUN: FileCheck %s --check-prefix=PTX < %t.table.0.sm_80.ptx
// PTX-NOT: atom.{{.*}}add
// PTX: .entry columns_0_reduce$then1(

func.func @columns(%x: tensor<?x700x20xf32> {dl.dims = ["n", 700, 20]}, %b: tensor<20xf32>) -> tensor<20xf32> attributes {dl.entry} {
  %y = dl.reduce_sum %x {axes = array<i64: 0, 1>} : (tensor<?x700x20xf32>) -> tensor<20xf32>
  %z = dl.mul %y, %b : (tensor<20xf32>, tensor<20xf32>) -> tensor<20xf32>
  return %z : tensor<20xf32>
}
func.func @rows(%x: tensor<3x30000xf32>) -> (tensor<3xf32>, tensor<3xf32>) attributes {dl.entry} {
  %y = dl.reduce_sum %x {axes = array<i64: 1>} : (tensor<3x30000xf32>) -> tensor<3xf32>
  %z = dl.reduce_max %x {axes = array<i64: 1>} : (tensor<3x30000xf32>) -> tensor<3xf32>
  return %y, %z : tensor<3xf32>, tensor<3xf32>
}
func.func @counts(%x: tensor<?x1001x7xi64> {dl.dims = ["n", 1001, 7]}) -> tensor<7xi64> attributes {dl.entry} {
  %y = dl.reduce_sum %x {axes = array<i64: 0, 1>} : (tensor<?x1001x7xi64>) -> tensor<7xi64>
  return %y : tensor<7xi64>
}
func.func @product(%a: tensor<?x1000xf32> {dl.dims = ["n", 1000]}, %b: tensor<1000x30xf32>, %c: tensor<30xf32>) -> tensor<?x30xf32> attributes {dl.entry} {
  %d = dl.contract %a, %b {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x1000xf32>, tensor<1000x30xf32>) -> tensor<?x30xf32>
  %e = dl.add %d, %c : (tensor<?x30xf32>, tensor<30xf32>) -> tensor<?x30xf32>
  %f = dl.relu %e : (tensor<?x30xf32>) -> tensor<?x30xf32>
  return %f : tensor<?x30xf32>
}
func.func @half(%a: tensor<2x?x1024xbf16> {dl.dims = [2, "n", 1024]}, %b: tensor<2x1024x24xbf16>) -> tensor<2x?x24xbf16> attributes {dl.entry} {
  %d = dl.contract %a, %b {lhs_batch = array<i64: 0>, rhs_batch = array<i64: 0>, lhs_contract = array<i64: 2>, rhs_contract = array<i64: 1>} : (tensor<2x?x1024xbf16>, tensor<2x1024x24xbf16>) -> tensor<2x?x24xbf16>
  return %d : tensor<2x?x24xbf16>
}
