// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the models do not have: every form of a contraction, rows and columns of
// lengths that divide nothing, several axes, other types.
// RUN: dlc --device=cuda --emit=kernels %s -o %t.mlir
// RUN: dlc-simulate %t.mlir --dim n=1,70 | FileCheck %s
// CHECK: [[COUNT:[0-9]+]] of [[COUNT]] kernels agree

func.func @nn(%a: tensor<?x37xf32> {dl.dims = ["n", 37]}, %b: tensor<37x66xf32>) -> tensor<?x66xf32> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x37xf32>, tensor<37x66xf32>) -> tensor<?x66xf32>
  return %c : tensor<?x66xf32>
}
func.func @nt(%a: tensor<?x20xf32> {dl.dims = ["n", 20]}, %b: tensor<68x20xf32>) -> tensor<?x68xf32> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 1>} : (tensor<?x20xf32>, tensor<68x20xf32>) -> tensor<?x68xf32>
  return %c : tensor<?x68xf32>
}
func.func @tn(%a: tensor<?x12xf32> {dl.dims = ["n", 12]}, %b: tensor<?x9xf32> {dl.dims = ["n", 9]}) -> tensor<12x9xf32> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 0>, rhs_contract = array<i64: 0>} : (tensor<?x12xf32>, tensor<?x9xf32>) -> tensor<12x9xf32>
  return %c : tensor<12x9xf32>
}
func.func @batch(%a: tensor<3x?x16xf32> {dl.dims = [3, "n", 16]}, %b: tensor<3x16x72xf32>) -> tensor<3x?x72xf32> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_batch = array<i64: 0>, rhs_batch = array<i64: 0>, lhs_contract = array<i64: 2>, rhs_contract = array<i64: 1>} : (tensor<3x?x16xf32>, tensor<3x16x72xf32>) -> tensor<3x?x72xf32>
  return %c : tensor<3x?x72xf32>
}
func.func @bf16(%a: tensor<?x40xbf16> {dl.dims = ["n", 40]}, %b: tensor<40x24xbf16>) -> tensor<?x24xbf16> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x40xbf16>, tensor<40x24xbf16>) -> tensor<?x24xbf16>
  return %c : tensor<?x24xbf16>
}
func.func @f64(%a: tensor<?x18xf64> {dl.dims = ["n", 18]}, %b: tensor<18x70xf64>) -> tensor<?x70xf64> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x18xf64>, tensor<18x70xf64>) -> tensor<?x70xf64>
  return %c : tensor<?x70xf64>
}
func.func @softmax(%x: tensor<?x1001xf32> {dl.dims = ["n", 1001]}) -> tensor<?x1001xf32> attributes {dl.entry} {
  %y = dl.softmax %x {axis = 1 : i64} : (tensor<?x1001xf32>) -> tensor<?x1001xf32>
  return %y : tensor<?x1001xf32>
}
func.func @long_row(%x: tensor<?x9000xf32> {dl.dims = ["n", 9000]}) -> tensor<?xf32> attributes {dl.entry} {
  %y = dl.reduce_max %x {axes = array<i64: 1>} : (tensor<?x9000xf32>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}
func.func @columns(%x: tensor<?x33xf32> {dl.dims = ["n", 33]}) -> tensor<33xf32> attributes {dl.entry} {
  %y = dl.reduce_sum %x {axes = array<i64: 0>} : (tensor<?x33xf32>) -> tensor<33xf32>
  return %y : tensor<33xf32>
}
func.func @outer_and_inner(%x: tensor<?x5x12xf64> {dl.dims = ["n", 5, 12]}) -> tensor<5xf64> attributes {dl.entry} {
  %y = dl.reduce_sum %x {axes = array<i64: 0, 2>} : (tensor<?x5x12xf64>) -> tensor<5xf64>
  return %y : tensor<5xf64>
}
func.func @counts(%x: tensor<?x7xi64> {dl.dims = ["n", 7]}) -> tensor<?xi64> attributes {dl.entry} {
  %y = dl.reduce_max %x {axes = array<i64: 1>} : (tensor<?x7xi64>) -> tensor<?xi64>
  return %y : tensor<?xi64>
}
func.func @half(%x: tensor<?xf16> {dl.dims = ["n"]}) -> tensor<?xf16> attributes {dl.entry} {
  %y = dl.exp %x : (tensor<?xf16>) -> tensor<?xf16>
  return %y : tensor<?xf16>
}
func.func @turned(%x: tensor<?x24xf32> {dl.dims = ["n", 24]}, %b: tensor<24xf32>) -> tensor<24x?xf32> attributes {dl.entry} {
  %s = dl.add %x, %b : (tensor<?x24xf32>, tensor<24xf32>) -> tensor<?x24xf32>
  %y = dl.transpose %s {permutation = array<i64: 1, 0>} : (tensor<?x24xf32>) -> tensor<24x?xf32>
  return %y : tensor<24x?xf32>
}
func.func @shifted(%x: tensor<?x16xf32> {dl.dims = ["n", 16]}) -> tensor<?x12xf32> attributes {dl.entry} {
  %s = dl.slice %x {starts = [0, 3], dims = ["n", 12], strides = array<i64: 1, 1>} : (tensor<?x16xf32>) -> tensor<?x12xf32>
  %y = dl.neg %s : (tensor<?x12xf32>) -> tensor<?x12xf32>
  return %y : tensor<?x12xf32>
}
// 64-bit sums are two registers each.
func.func @tn64(%a: tensor<3x?xf64> {dl.dims = [3, "n"]}, %b: tensor<3x2xf64>) -> tensor<?x2xf64> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 0>, rhs_contract = array<i64: 0>} : (tensor<3x?xf64>, tensor<3x2xf64>) -> tensor<?x2xf64>
  return %c : tensor<?x2xf64>
}
func.func @outer64(%a: tensor<2xi64>, %b: tensor<?xi64> {dl.dims = ["n"]}) -> tensor<2x?xi64> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64>, rhs_contract = array<i64>} : (tensor<2xi64>, tensor<?xi64>) -> tensor<2x?xi64>
  return %c : tensor<2x?xi64>
}
// Arguments of thousands of turns, where digits of 2/pi are looked up: not in memory.
func.func @turns(%x: tensor<?x8xf32> {dl.dims = ["n", 8]}) -> (tensor<?x8xf32>, tensor<?x8xf32>) attributes {dl.entry} {
  %far = dl.constant dense<[1.0, 1.0e3, 1.0e6, 1.0e9, 1.0e20, 1.0e30, 1.0e36, 3.0e38]> : tensor<8xf32>
  %a = dl.mul %x, %far : (tensor<?x8xf32>, tensor<8xf32>) -> tensor<?x8xf32>
  %s = dl.sin %a : (tensor<?x8xf32>) -> tensor<?x8xf32>
  %c = dl.cos %a : (tensor<?x8xf32>) -> tensor<?x8xf32>
  return %s, %c : tensor<?x8xf32>, tensor<?x8xf32>
}
func.func @turns64(%x: tensor<?x4xf64> {dl.dims = ["n", 4]}) -> tensor<?x4xf64> attributes {dl.entry} {
  %far = dl.constant dense<[1.0e5, 1.0e30, 1.0e200, 1.0e307]> : tensor<4xf64>
  %a = dl.mul %x, %far : (tensor<?x4xf64>, tensor<4xf64>) -> tensor<?x4xf64>
  %s = dl.sin %a : (tensor<?x4xf64>) -> tensor<?x4xf64>
  return %s : tensor<?x4xf64>
}
func.func @normal() -> tensor<1000xf32> attributes {dl.entry} {
  %seed = dl.constant dense<7> : tensor<i64>
  %r = dl.random_normal %seed, %seed {stream = 3 : i64, dims = [1000]} : (tensor<i64>, tensor<i64>) -> tensor<1000xf32>
  return %r : tensor<1000xf32>
}
