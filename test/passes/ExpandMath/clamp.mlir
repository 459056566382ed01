// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --expand-math | FileCheck %s

// A NaN fails both comparisons and stays.
// CHECK-LABEL: func @clamp(
// CHECK-SAME: %[[X:.*]]: f32, %[[LOW:.*]]: f32, %[[HIGH:.*]]: f32
// CHECK: %[[ABOVE:.*]] = arith.cmpf olt, %[[HIGH]], %[[X]]
// CHECK: %[[UPPER:.*]] = arith.select %[[ABOVE]], %[[HIGH]], %[[X]]
// CHECK: %[[BELOW:.*]] = arith.cmpf olt, %[[UPPER]], %[[LOW]]
// CHECK: %[[R:.*]] = arith.select %[[BELOW]], %[[LOW]], %[[UPPER]]
// CHECK: return %[[R]]
func.func @clamp(%x: f32, %low: f32, %high: f32) -> f32 {
  %0 = math.clampf %x to [%low, %high] : f32
  return %0 : f32
}
