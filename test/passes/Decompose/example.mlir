// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: split-file %s %t
// RUN: dlc-opt %t/before.mlir --decompose --cse -o %t/out.mlir
// RUN: diff %t/after.mlir %t/out.mlir

//--- before.mlir
func.func @f(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %p = dl.softmax %x {axis = 1 : i64} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %y = dl.silu %p : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

//--- after.mlir
module {
  func.func @f(%arg0: tensor<4x8xf32>) -> tensor<4x8xf32> {
    %0 = dl.reduce_max %arg0 {axes = array<i64: 1>, keep_dims} : (tensor<4x8xf32>) -> tensor<4x1xf32>
    %1 = dl.sub %arg0, %0 : (tensor<4x8xf32>, tensor<4x1xf32>) -> tensor<4x8xf32>
    %2 = dl.exp %1 : (tensor<4x8xf32>) -> tensor<4x8xf32>
    %3 = dl.reduce_sum %2 {axes = array<i64: 1>, keep_dims} : (tensor<4x8xf32>) -> tensor<4x1xf32>
    %4 = dl.div %2, %3 : (tensor<4x8xf32>, tensor<4x1xf32>) -> tensor<4x8xf32>
    %5 = dl.sigmoid %4 : (tensor<4x8xf32>) -> tensor<4x8xf32>
    %6 = dl.mul %4, %5 : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
    return %6 : tensor<4x8xf32>
  }
}

