// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reads and writes take effect in program order; a call that writes advances the step.
// RUN: dlc-opt %s --verify-roundtrip | dlc-evaluate
// RUN: dlc-evaluate %s --function count --calls 3 | FileCheck %s
dl.parameter @w : tensor<i64> = dense<5> : tensor<i64>
dl.slot @m for @w "m" : tensor<i64> = #dl.zeros

func.func @in_order() -> (tensor<i64>, tensor<i64>, tensor<i64>) attributes {
    dl.entry,
    dl.inputs = [],
    dl.expect = [dense<5> : tensor<i64>, dense<0> : tensor<i64>, dense<0> : tensor<i64>]} {
  %before = dl.read @w : tensor<i64>
  %m = dl.read @m : tensor<i64>
  dl.write @w, %m : tensor<i64>
  dl.write @m, %before : tensor<i64>
  %after = dl.read @w : tensor<i64>
  %step = dl.step : tensor<i64>
  return %before, %after, %step : tensor<i64>, tensor<i64>, tensor<i64>
}

// CHECK: count#0: tensor<i64> 5
// CHECK-NEXT: count#1: tensor<i64> 0
// CHECK-NEXT: count#0: tensor<i64> 10
// CHECK-NEXT: count#1: tensor<i64> 1
// CHECK-NEXT: count#0: tensor<i64> 20
// CHECK-NEXT: count#1: tensor<i64> 2
func.func @count() -> (tensor<i64>, tensor<i64>) attributes {dl.entry} {
  %w = dl.read @w : tensor<i64>
  %next = dl.add %w, %w : (tensor<i64>, tensor<i64>) -> tensor<i64>
  dl.write @w, %next : tensor<i64>
  %step = dl.step : tensor<i64>
  return %w, %step : tensor<i64>, tensor<i64>
}
