// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --make-variants | FileCheck %s
// RUN: not dlc-opt %S/../FormKernels/softmax_is_one_nest.mlir --make-variants 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: has no dl.targets: nothing to compile for

// CHECK-NOT: dl.targets
// CHECK: dl.parameter @w
// CHECK: dl.variant @avx2
// CHECK: func.func @f
// CHECK: dl.variant @avx512
// CHECK: func.func @f
#wide = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>
#narrow = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
module attributes {dl.targets = {avx512 = #wide, avx2 = #narrow}} {
  dl.parameter @w : tensor<4xf32> = #dl.zeros
  func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> attributes {dl.entry} {
    return %x : tensor<4xf32>
  }
}
