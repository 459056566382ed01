// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Every initialiser, and what needs none because it is data.
// RUN: dlc-opt %s --describe-interface --add-initialise | FileCheck %s
// CHECK: func.func @dl.initialise(%[[SEED:.*]]: tensor<i64> {dl.state = @dl.seed})
// CHECK-SAME: tensor<2x4xf32> {dl.state = @glorot}
// CHECK-SAME: tensor<3xi32> {dl.state = @splat}
// CHECK-SAME: tensor<6xf16> {dl.state = @normal}
// CHECK-SAME: tensor<8x2x3xf32> {dl.state = @he}
// CHECK-SAME: attributes {dl.entry}
// CHECK: %[[STEP:.*]] = dl.constant dense<0> : tensor<i64>

// Glorot: sqrt(6 / (2 + 4)) = 1
// CHECK: %[[U:.*]] = dl.random_uniform %[[SEED]], %[[STEP]] {dims = [2, 4], stream = 5 : i64}
// CHECK: dl.constant dense<2.000000e+00> : tensor<f32>
// CHECK: %[[SCALED:.*]] = dl.mul %[[U]]
// CHECK: dl.constant dense<-1.000000e+00> : tensor<f32>
// CHECK: %[[GLOROT:.*]] = dl.add %[[SCALED]]
dl.parameter @glorot : tensor<2x4xf32> = #dl.glorot_uniform<stream = 5>

// CHECK: dl.constant dense<7> : tensor<i32>
dl.parameter @splat : tensor<3xi32> = dense<7> : tensor<3xi32>
dl.parameter @data : tensor<3xi32> = dense<[1, 2, 3]> : tensor<3xi32>

// Drawn in f32, rounded once.
// CHECK: dl.random_normal %[[SEED]], %[[STEP]] {dims = [6], stream = 1 : i64}
// CHECK: dl.cast {{.*}} -> tensor<6xf16>
dl.parameter @normal : tensor<6xf16> = #dl.normal<stream = 1, deviation = 0.5 : f32>

// He for a filter [8 outputs, 2 inputs, window 3]: sqrt(2 / 6)
// CHECK: dl.random_normal
// CHECK: dl.constant dense<0.577350259> : tensor<f32>
dl.parameter @he : tensor<8x2x3xf32> = #dl.he_normal<stream = 2>
func.func @f() attributes {dl.entry} { return }
