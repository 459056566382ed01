// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// After ThreadState, state arguments may be left out: the evaluator fills them
// in and keeps what comes back. A variant's functions are found by their name.
// RUN: dlc-evaluate %s --function step --calls 2 --seed 9 | FileCheck %s
dl.parameter @w : tensor<i64> = dense<5> : tensor<i64>
dl.variant @portable attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 1048576, features_mask = 1>} {
  // CHECK: step#0: tensor<i64> 5
  // CHECK-NEXT: step#1: tensor<i64> 9
  // CHECK-NEXT: step#2: tensor<i64> 0
  // CHECK-NEXT: step#0: tensor<i64> 10
  // CHECK-NEXT: step#1: tensor<i64> 9
  // CHECK-NEXT: step#2: tensor<i64> 1
  func.func @step(%w: tensor<i64> {dl.state = @w}, %seed: tensor<i64> {dl.state = @dl.seed}, %step: tensor<i64> {dl.state = @dl.step})
      -> (tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64> {dl.state = @w}, tensor<i64> {dl.state = @dl.step}) attributes {dl.entry} {
    %one = dl.constant dense<1> : tensor<i64>
    %next = dl.add %w, %w : (tensor<i64>, tensor<i64>) -> tensor<i64>
    %after = dl.add %step, %one : (tensor<i64>, tensor<i64>) -> tensor<i64>
    return %w, %seed, %step, %next, %after : tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>
  }
}
