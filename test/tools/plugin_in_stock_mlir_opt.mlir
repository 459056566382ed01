// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: mlir-opt %s --load-dialect-plugin=%binary/lib/libDlcPlugin.so --load-pass-plugin=%binary/lib/libDlcPlugin.so --pass-pipeline='builtin.module(decompose,emit-remarks)' | FileCheck %s
// Debian's mlir-opt parses our ops and runs our passes.
// CHECK-NOT: dl.silu
// CHECK: dl.mul
func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = dl.silu %x : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
