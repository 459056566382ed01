// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --expand-math | FileCheck %s

// CHECK-LABEL: func @tensor
// CHECK: math.exp %{{.*}} : tensor<4xf32>
func.func @tensor(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = math.exp %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @scalable
// CHECK: math.exp %{{.*}} : vector<[4]xf32>
func.func @scalable(%x: vector<[4]xf32>) -> vector<[4]xf32> {
  %0 = math.exp %x : vector<[4]xf32>
  return %0 : vector<[4]xf32>
}
