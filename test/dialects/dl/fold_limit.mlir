// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --canonicalize --split-input-file | FileCheck %s
// No constant that folding reads or makes has more bytes than the module's limit.
// CHECK-LABEL: module @all_of_16_bytes
module @all_of_16_bytes attributes {dl.fold_limit = 16 : i64} {
  func.func @f() -> tensor<4xf32> {
    %a = dl.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
    // CHECK: dl.constant dense<[2.000000e+00, 4.000000e+00, 6.000000e+00, 8.000000e+00]>
    // CHECK-NOT: dl.add
    %s = dl.add %a, %a : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    return %s : tensor<4xf32>
  }
}

// -----
// CHECK-LABEL: module @one_byte_less
module @one_byte_less attributes {dl.fold_limit = 15 : i64} {
  func.func @f() -> (tensor<4xf32>, tensor<2x2xf32>, tensor<1xf32>, tensor<4xf64>) {
    %a = dl.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
    // CHECK: dl.add
    %s = dl.add %a, %a : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    // CHECK: dl.reshape
    %r = dl.reshape %a {dims = [2, 2]} : (tensor<4xf32>) -> tensor<2x2xf32>
    // An operand counts as a result does: reading it is what takes time.
    // CHECK: dl.slice
    %b = dl.slice %a {starts = [2], dims = [1], strides = array<i64: 1>} : (tensor<4xf32>) -> tensor<1xf32>
    %c = dl.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf16>
    // CHECK: dl.cast
    %d = dl.cast %c : (tensor<4xf16>) -> tensor<4xf64>
    return %s, %r, %b, %d : tensor<4xf32>, tensor<2x2xf32>, tensor<1xf32>, tensor<4xf64>
  }
}

// -----
// Without the attribute it is 8192: 1024 of these fold, 1025 do not. A value
// repeated is one value.
// CHECK-LABEL: @default
func.func @default() -> (tensor<1024xf64>, tensor<1025xf64>, tensor<5x205xf64>) {
  %a = dl.constant dense<1.0> : tensor<1024xf64>
  %b = dl.constant dense<2.0> : tensor<1025xf64>
  // CHECK-DAG: dl.constant dense<-1.000000e+00> : tensor<1024xf64>
  %c = dl.neg %a : (tensor<1024xf64>) -> tensor<1024xf64>
  // CHECK-DAG: dl.neg {{.*}}tensor<1025xf64>
  %d = dl.neg %b : (tensor<1025xf64>) -> tensor<1025xf64>
  // CHECK-DAG: dl.constant dense<2.000000e+00> : tensor<5x205xf64>
  %e = dl.reshape %b {dims = [5, 205]} : (tensor<1025xf64>) -> tensor<5x205xf64>
  return %c, %d, %e : tensor<1024xf64>, tensor<1025xf64>, tensor<5x205xf64>
}
