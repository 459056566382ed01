// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A kernel's ops are told with the user's names and lines; a multiply-add is two
// flops; what lies between the ops stays in registers.
// RUN: dlc %s --report=json --cpu=x86-64-v3 | FileCheck %s
// CHECK: "expression": "50*batch",
// CHECK-NEXT: "value": 3200
// CHECK: "generator": "contract",
// CHECK: "kept": {
// CHECK-NEXT: "expression": "40*batch",
// CHECK: "name": "predict_{{[0-9]}}_contract",
// CHECK-NEXT: "ops": [
// CHECK-NEXT: {
// CHECK-NEXT: "node": "says_what_is_fused.mlir:[[#@LINE+18]]",
// CHECK-NEXT: "op": "contract"
// CHECK: "node": "the user's name",
// CHECK-NEXT: "op": "add"
// CHECK: "node": "says_what_is_fused.mlir:[[#@LINE+16]]",
// CHECK-NEXT: "op": "max"
// CHECK: "read": {
// CHECK-NEXT: "expression": "16*batch + {{[0-9]+}}",
// CHECK: "written": {
// CHECK-NEXT: "expression": "20*batch",

dl.parameter @w : tensor<4x5xf32> = #dl.zeros
dl.parameter @b : tensor<5xf32> = #dl.zeros
func.func @predict(%x: tensor<?x4xf32> {dl.dims = ["batch", 4], dl.name = "x"})
    -> (tensor<?x5xf32> {dl.dims = ["batch", 5], dl.name = "y"}) attributes {dl.entry} {
  %w = dl.read @w : tensor<4x5xf32>
  %b = dl.read @b : tensor<5xf32>
  %zero = dl.constant dense<0.0> : tensor<f32>
  %p = dl.matmul %x, %w : (tensor<?x4xf32>, tensor<4x5xf32>) -> tensor<?x5xf32>
  %z = dl.add %p, %b : (tensor<?x5xf32>, tensor<5xf32>) -> tensor<?x5xf32> loc("the user's name")
  %y = dl.max %z, %zero : (tensor<?x5xf32>, tensor<f32>) -> tensor<?x5xf32>
  return %y : tensor<?x5xf32>
}
