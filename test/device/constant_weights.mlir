// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What --weights=constant leaves is copied to the device once, as it is; a GPU
// and processors read the same block.
// RUN: rm -rf %t && mkdir %t && dlc %s --weights=constant --device=cpu,cuda --ptxas=none --self-test -o %t/m.so --save-stages=%t
// RUN: FileCheck %s --check-prefix=IR < %t/kernels.mlir
// IR: dl.embedded 0
// IR-NOT: dl.parameter
// IR-NOT: @dl.prepare(
// RUN: dlc test %t/m.so
// RUN: %simulated DLC_SIMULATED_CODE=%t/llvm.mlir DLC_SIMULATED_LOG=%t/log dlc test %t/m.so --device=cuda | FileCheck %s
// CHECK: pass  predict on sm_80
// RUN: FileCheck %s --check-prefix=LOG < %t/log
// LOG: bytes left 0
dl.parameter @w : tensor<3x5xf32> = dense<[[1.0, 2.0, 3.0, 4.0, 5.0], [-1.0, 0.5, 0.25, 8.0, 0.0], [7.0, 6.0, 5.0, 4.0, -3.0]]> : tensor<3x5xf32>
dl.parameter @b : tensor<3xf32> = dense<[0.5, -0.5, 2.0]> : tensor<3xf32>
func.func @predict(%x: tensor<?x5xf32> {dl.dims = ["n", 5]}) -> (tensor<?x3xf32> {dl.name = "y"}, tensor<5x3xf32> {dl.name = "turned"}) attributes {dl.entry} {
  %w = dl.read @w : tensor<3x5xf32>
  %b = dl.read @b : tensor<3xf32>
  %t = dl.transpose %w {permutation = array<i64: 1, 0>} : (tensor<3x5xf32>) -> tensor<5x3xf32>
  %e = dl.exp %t : (tensor<5x3xf32>) -> tensor<5x3xf32>
  %m = dl.matmul %x, %t : (tensor<?x5xf32>, tensor<5x3xf32>) -> tensor<?x3xf32>
  %y = dl.add %m, %b : (tensor<?x3xf32>, tensor<3xf32>) -> tensor<?x3xf32>
  return %y, %e : tensor<?x3xf32>, tensor<5x3xf32>
}
