// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: not dlc %s --weights=constant -o %t.so 2>&1 | FileCheck %s
// RUN: not ls %t.so
// RUN: not dlc %s --train --loss=mse --weights=constant -o %t.so 2>&1 | FileCheck %s --check-prefix=USAGE
// CHECK: constant_and_training.mlir:11:3: error: 'step' writes @w, and --weights=constant makes constants of all state
// CHECK-NOT: error
// USAGE: dlc: error: --train changes weights, --weights=constant makes constants of them
dl.parameter @w : tensor<2xf32> = dense<[1.0, 2.0]> : tensor<2xf32>
func.func @step(%x: tensor<2xf32>) -> (tensor<2xf32> {dl.name = "y"}) attributes {dl.entry} {
  %w = dl.read @w : tensor<2xf32>
  dl.write @w, %x : tensor<2xf32>
  return %w : tensor<2xf32>
}
