// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --differentiate --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s
// What is built for an op stands where the op stood.
// CHECK: dl.cos {{.*}} loc("layer")
func.func @f(%x: tensor<f32>) -> tensor<f32> {
  %l, %g = dl.gradient wrt(%x : tensor<f32>) {
    %s = dl.sin %x : (tensor<f32>) -> tensor<f32> loc("layer")
    dl.yield %s : tensor<f32>
  } : tensor<f32>, tensor<f32>
  return %g : tensor<f32>
}
