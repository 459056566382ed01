// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is gathered is read, not what it is gathered from; movement computes nothing.
// RUN: dlc-opt %s --pass-pipeline="builtin.module(dl.variant(describe-kernels))" | FileCheck %s
// CHECK: dl.kernel @pick
// CHECK-SAME: dl.facts = {flops = "6*n", kept = "24*n", ops = {{\[\[}}"gather", "rows"], ["mul", "rows"], ["reduce_sum", "sum"]], read = "28*n", written = 12 : i64}
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
module attributes {dl.report} {
  dl.variant @avx2 attributes {target = #target} {
    dl.kernel @pick attributes {argument_dims = [[1000, 3], ["n"], ["n", 3]]} {
    ^bb0(%table: tensor<1000x3xf32>, %index: tensor<?xi32>, %scale: tensor<?x3xf32>):
      %rows = dl.gather %table, %index {axis = 0 : i64} : (tensor<1000x3xf32>, tensor<?xi32>) -> tensor<?x3xf32> loc("rows")
      %scaled = dl.mul %rows, %scale : (tensor<?x3xf32>, tensor<?x3xf32>) -> tensor<?x3xf32> loc("rows")
      %sum = dl.reduce_sum %scaled {axes = array<i64: 0>} : (tensor<?x3xf32>) -> tensor<3xf32> loc("sum")
      dl.yield %sum : tensor<3xf32>
    }
  }
}
