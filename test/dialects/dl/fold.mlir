// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --canonicalize --split-input-file | FileCheck %s
// Constants go through the evaluator: in the type's own arithmetic.
// CHECK-LABEL: @constants
func.func @constants() -> (tensor<2xi8>, tensor<2xf16>, tensor<2x2xf32>, tensor<1xi32>) {
  // CHECK-DAG: dl.constant dense<[-128, 0]> : tensor<2xi8>
  %a = dl.constant dense<[127, -1]> : tensor<2xi8>
  %b = dl.constant dense<1> : tensor<i8>
  %sum = dl.add %a, %b : (tensor<2xi8>, tensor<i8>) -> tensor<2xi8>
  // CHECK-DAG: dl.constant dense<[2.048000e+03, 2.000000e+00]> : tensor<2xf16>
  %c = dl.constant dense<[2048.0, 1.0]> : tensor<2xf16>
  %d = dl.constant dense<1.0> : tensor<2xf16>
  %half = dl.add %c, %d : (tensor<2xf16>, tensor<2xf16>) -> tensor<2xf16>
  // CHECK-DAG: dl.constant dense<{{\[\[}}1.000000e+00, 3.000000e+00], [2.000000e+00, 4.000000e+00]]> : tensor<2x2xf32>
  %e = dl.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %turned = dl.transpose %e {permutation = array<i64: 1, 0>} : (tensor<2x2xf32>) -> tensor<2x2xf32>
  // CHECK-DAG: dl.constant dense<0> : tensor<1xi32>
  %f = dl.constant dense<[5]> : tensor<1xi32>
  %g = dl.constant dense<0> : tensor<1xi32>
  %none = dl.div %f, %g : (tensor<1xi32>, tensor<1xi32>) -> tensor<1xi32>
  return %sum, %half, %turned, %none : tensor<2xi8>, tensor<2xf16>, tensor<2x2xf32>, tensor<1xi32>
}

// -----
// CHECK-LABEL: @neutral(
// CHECK-SAME: %[[X:.*]]: tensor<?xf32>, %[[I:.*]]: tensor<?xi32>
func.func @neutral(%x: tensor<?xf32>, %i: tensor<?xi32>) -> (tensor<?xf32>, tensor<?xi32>) {
  %zero = dl.constant dense<0.0> : tensor<f32>
  %one = dl.constant dense<1.0> : tensor<f32>
  %none = dl.constant dense<0> : tensor<i32>
  %a = dl.sub %x, %zero : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  %b = dl.mul %one, %a : (tensor<f32>, tensor<?xf32>) -> tensor<?xf32>
  %c = dl.div %b, %one : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  %d = dl.neg %c : (tensor<?xf32>) -> tensor<?xf32>
  %e = dl.neg %d : (tensor<?xf32>) -> tensor<?xf32>
  %f = dl.transpose %e {permutation = array<i64: 0>} : (tensor<?xf32>) -> tensor<?xf32>
  %j = dl.add %none, %i : (tensor<i32>, tensor<?xi32>) -> tensor<?xi32>
  // CHECK-NEXT: return %[[X]], %[[I]]
  return %f, %j : tensor<?xf32>, tensor<?xi32>
}

// -----
// -0 + 0 is 0, and x - (-0) turns -0 into 0: neither is x.
// CHECK-LABEL: @zeros_have_signs
func.func @zeros_have_signs(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %zero = dl.constant dense<0.0> : tensor<f32>
  %minus = dl.constant dense<-0.0> : tensor<f32>
  // CHECK: dl.add
  %a = dl.add %x, %zero : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  // CHECK: dl.sub
  %b = dl.sub %x, %minus : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}

// -----
// Broadcasting is not neutral, and named extents have no values yet.
// CHECK-LABEL: @left_alone
func.func @left_alone(%x: tensor<f32>) -> (tensor<3xf32>, tensor<1xf32>, tensor<0xf32>) {
  %ones = dl.constant dense<1.0> : tensor<3xf32>
  // CHECK: dl.mul
  %a = dl.mul %x, %ones : (tensor<f32>, tensor<3xf32>) -> tensor<3xf32>
  %c = dl.constant dense<[1.0, 2.0]> : tensor<2xf32>
  // CHECK: dl.slice
  %b = dl.slice %c {starts = ["n"], dims = [1], strides = array<i64: 1>} : (tensor<2xf32>) -> tensor<1xf32>
  // CHECK: return
  %none = dl.constant dense<> : tensor<0xf32>
  %d = dl.mul %none, %none : (tensor<0xf32>, tensor<0xf32>) -> tensor<0xf32>
  return %a, %b, %d : tensor<3xf32>, tensor<1xf32>, tensor<0xf32>
}

// -----
// CHECK-LABEL: @movement(
// CHECK-SAME: %[[X:[a-z0-9]+]]: tensor<?x2x3xf32> {{.*}}, %[[Y:[a-z0-9]+]]: tensor<4x5x6xf32>
func.func @movement(%x: tensor<?x2x3xf32> {dl.dims = ["n", 2, 3]}, %y: tensor<4x5x6xf32>) -> (tensor<?x3x2xf32>, tensor<6x4x5xf32>, tensor<i64>) {
  // CHECK-DAG: dl.reshape %[[X]] {dims = ["n", 3, 2]}
  %a = dl.reshape %x {dims = ["n", 6]} : (tensor<?x2x3xf32>) -> tensor<?x6xf32>
  %b = dl.reshape %a {dims = ["n", 3, 2]} : (tensor<?x6xf32>) -> tensor<?x3x2xf32>
  // Result axis i is axis p[q[i]]: q = (2, 0, 1) of p = (1, 2, 0) is (0, 1, 2), so one more by (2, 0, 1) remains.
  // CHECK-DAG: dl.transpose %[[Y]] {permutation = array<i64: 2, 0, 1>}
  %c = dl.transpose %y {permutation = array<i64: 1, 2, 0>} : (tensor<4x5x6xf32>) -> tensor<5x6x4xf32>
  %d = dl.transpose %c {permutation = array<i64: 2, 0, 1>} : (tensor<5x6x4xf32>) -> tensor<4x5x6xf32>
  %e = dl.transpose %d {permutation = array<i64: 2, 0, 1>} : (tensor<4x5x6xf32>) -> tensor<6x4x5xf32>
  // CHECK-DAG: dl.constant dense<2> : tensor<i64>
  %n = dl.dim %x {axis = 1 : i64} : (tensor<?x2x3xf32>) -> tensor<i64>
  return %b, %e, %n : tensor<?x3x2xf32>, tensor<6x4x5xf32>, tensor<i64>
}

// -----
// CHECK-LABEL: @decided(
// CHECK-SAME: %[[X:.*]]: tensor<?xf32>, %[[Y:.*]]: tensor<?xf32>
func.func @decided(%x: tensor<?xf32>, %y: tensor<?xf32>, %seed: tensor<i64>) -> (tensor<?xf32>, tensor<?xf32>) {
  %true = dl.constant dense<true> : tensor<i1>
  %false = dl.constant dense<false> : tensor<i1>
  %a = dl.select %true, %x, %y : (tensor<i1>, tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
  // Dropout while not training is its input.
  %b = dl.dropout %y, %false, %seed, %seed {rate = 0.5 : f64, stream = 1 : i64} : (tensor<?xf32>, tensor<i1>, tensor<i64>, tensor<i64>) -> tensor<?xf32>
  // CHECK-NEXT: return %[[X]], %[[Y]]
  return %a, %b : tensor<?xf32>, tensor<?xf32>
}
