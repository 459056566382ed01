// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(form-kernels))' | FileCheck %s
// Axes that differ do not become one because an axis of 1 lies between them.
// CHECK: dl.kernel @f_0_map attributes {argument_dims = {{\[\[}}"batch", 64], [64]]}
dl.variant @v attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  func.func @f(%x: tensor<?x1x64xf32> {dl.dims = ["batch", 1, 64]}, %b: tensor<64xf32>) -> tensor<?x1x64xf32> attributes {dl.entry} {
    %y = dl.add %x, %b : (tensor<?x1x64xf32>, tensor<64xf32>) -> tensor<?x1x64xf32>
    return %y : tensor<?x1x64xf32>
  }
}
