// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels))' | FileCheck %s
// %b waits for the contraction, which waits for %a: they cannot be one kernel.
// CHECK-COUNT-3: dl.launch
// CHECK-NOT: dl.launch
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels))' --remarks-filter=fusion -o %t 2>&1 | FileCheck %s --check-prefix=REMARK
// REMARK: [[#@LINE+5]]:10: remark: [Missed] NotFused | Category:fusion | Function=f | Kernel=f_1_map, Producer=f_0_map, Remark="dl.transpose is not in the kernel that it reads from: it reads other places
// REMARK: [[#@LINE+6]]:10: remark: [Passed] Fused {{.*}}Remark="2 ops are one kernel: dl.contract, dl.mul", Root=dl.contract
dl.variant @v attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  func.func @f(%x: tensor<8x8xf32>) -> tensor<8x8xf32> attributes {dl.entry} {
    %a = dl.exp %x : (tensor<8x8xf32>) -> tensor<8x8xf32>
    %t = dl.transpose %a {permutation = array<i64: 1, 0>} : (tensor<8x8xf32>) -> tensor<8x8xf32>
    %b = dl.add %a, %t : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
    %m = dl.contract %b, %a {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
    %c = dl.mul %m, %b : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
    return %c : tensor<8x8xf32>
  }
}
