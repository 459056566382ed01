// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --thread-state | FileCheck %s
// Whatever a body reads first, its signature follows the module; a function that
// writes nothing returns no step.
// CHECK-LABEL: @entry
// CHECK-SAME: {dl.state = @a}, %{{.*}}: tensor<f32> {dl.state = @b}, %{{.*}}: tensor<i64> {dl.state = @dl.seed}) -> tensor<f32> attributes
dl.parameter @a : tensor<f32> = #dl.ones
dl.parameter @unused : tensor<f32> = #dl.ones
dl.parameter @b : tensor<f32> = #dl.ones
func.func @entry() -> tensor<f32> attributes {dl.entry} {
  %seed = dl.seed : tensor<i64>
  %b = dl.read @b : tensor<f32>
  %a = dl.read @a : tensor<f32>
  %r = dl.sub %a, %b : (tensor<f32>, tensor<f32>) -> tensor<f32>
  return %r : tensor<f32>
}
