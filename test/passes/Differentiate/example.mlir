// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: split-file %s %t
// RUN: dlc-opt %t/before.mlir --differentiate --canonicalize --cse -o %t/out.mlir
// RUN: diff %t/after.mlir %t/out.mlir

//--- before.mlir
func.func @step(%x: tensor<?x3xf32> {dl.dims = ["batch", 3]}, %w: tensor<3x2xf32>, %b: tensor<2xf32>) -> (tensor<f32>, tensor<3x2xf32>, tensor<2xf32>) {
  %loss, %g:2 = dl.gradient wrt(%w : tensor<3x2xf32>, %b : tensor<2xf32>) {
    %p = dl.matmul %x, %w : (tensor<?x3xf32>, tensor<3x2xf32>) -> tensor<?x2xf32>
    %z = dl.add %p, %b : (tensor<?x2xf32>, tensor<2xf32>) -> tensor<?x2xf32>
    %y = dl.tanh %z : (tensor<?x2xf32>) -> tensor<?x2xf32>
    %l = dl.reduce_sum %y {axes = array<i64: 0, 1>} : (tensor<?x2xf32>) -> tensor<f32>
    dl.yield %l : tensor<f32>
  } : tensor<f32>, tensor<3x2xf32>, tensor<2xf32>
  return %loss, %g#0, %g#1 : tensor<f32>, tensor<3x2xf32>, tensor<2xf32>
}

//--- after.mlir
module {
  func.func @step(%arg0: tensor<?x3xf32> {dl.dims = ["batch", 3]}, %arg1: tensor<3x2xf32>, %arg2: tensor<2xf32>) -> (tensor<f32>, tensor<3x2xf32>, tensor<2xf32>) {
    %0 = dl.constant dense<1.000000e+00> : tensor<1x1xf32>
    %1 = dl.constant dense<1.000000e+00> : tensor<f32>
    %2 = dl.matmul %arg0, %arg1 : (tensor<?x3xf32>, tensor<3x2xf32>) -> tensor<?x2xf32>
    %3 = dl.add %2, %arg2 : (tensor<?x2xf32>, tensor<2xf32>) -> tensor<?x2xf32>
    %4 = dl.tanh %3 : (tensor<?x2xf32>) -> tensor<?x2xf32>
    %5 = dl.reduce_sum %4 {axes = array<i64: 0, 1>} : (tensor<?x2xf32>) -> tensor<f32>
    %6 = dl.broadcast %0 {dims = ["batch", 2]} : (tensor<1x1xf32>) -> tensor<?x2xf32>
    %7 = dl.mul %4, %4 : (tensor<?x2xf32>, tensor<?x2xf32>) -> tensor<?x2xf32>
    %8 = dl.sub %1, %7 : (tensor<f32>, tensor<?x2xf32>) -> tensor<?x2xf32>
    %9 = dl.mul %6, %8 : (tensor<?x2xf32>, tensor<?x2xf32>) -> tensor<?x2xf32>
    %10 = dl.reduce_sum %9 {axes = array<i64: 0>} : (tensor<?x2xf32>) -> tensor<2xf32>
    %11 = dl.contract %arg0, %9 {lhs_contract = array<i64: 0>, rhs_contract = array<i64: 0>} : (tensor<?x3xf32>, tensor<?x2xf32>) -> tensor<3x2xf32>
    return %5, %11, %10 : tensor<f32>, tensor<3x2xf32>, tensor<2xf32>
  }
}

