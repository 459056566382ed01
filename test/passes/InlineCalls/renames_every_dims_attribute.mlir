// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --inline-calls | FileCheck %s
// CHECK-LABEL: @entry
// CHECK: dl.extent {dim = "2*b + 1"}
// CHECK: dl.slice {{.*}} {dims = ["b"], starts = ["b"]
// CHECK: dl.pad {{.*}} {high = ["b"], {{.*}}low = ["2*b"]}
// CHECK: length "2*b"
func.func private @f(%x: tensor<?xf32> {dl.dims = ["2*n"]}, %h: tensor<?xf32> {dl.dims = ["n"]}, %v: tensor<f32>) -> (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<i64>) {
  %e = dl.extent {dim = "2*n + 1"} : () -> tensor<i64>
  %s = dl.slice %x {starts = ["n"], dims = ["n"], strides = array<i64: 1>} : (tensor<?xf32>) -> tensor<?xf32>
  %p = dl.pad %h, %v {low = ["2*n"], high = ["n"], interior = array<i64: 0>} : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  %y = dl.scan over(%x) length "2*n" {
  ^bb0(%c: tensor<f32>):
    dl.yield %c : tensor<f32>
  } : (tensor<?xf32>) -> tensor<?xf32>
  return %s, %p, %y, %e : tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<i64>
}
func.func @entry(%x: tensor<?xf32> {dl.dims = ["2*b"]}, %h: tensor<?xf32> {dl.dims = ["b"]}, %v: tensor<f32>) -> (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<i64>) attributes {dl.entry} {
  %r:4 = func.call @f(%x, %h, %v) : (tensor<?xf32>, tensor<?xf32>, tensor<f32>) -> (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<i64>)
  return %r#0, %r#1, %r#2, %r#3 : tensor<?xf32>, tensor<?xf32>, tensor<?xf32>, tensor<i64>
}
