// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A depthwise layer with what surrounds it: normalisation, activation and a residual in the convolution's kernel; and
// a training step, whose sums over pixels are cut into parts.
// RUN: dlc --device=cuda --emit=kernels %s -o %t.mlir
// RUN: FileCheck %s --check-prefix=KERNEL < %t.mlir
// RUN: dlc-simulate %t.mlir --dim n=1,3 | FileCheck %s
// CHECK: [[COUNT:[0-9]+]] of [[COUNT]] kernels agree
// RUN: %python %S/ptxas.py %t.table %s | FileCheck %s --check-prefix=TABLE
// TABLE: {{[0-9]+ kernels assembled|NOT CHECKED}}

dl.parameter @w : tensor<24x1x3x3xf32> = #dl.glorot_uniform<stream = 1>

// KERNEL-LABEL: dl.kernel @layer_{{[0-9]+}}_conv attributes {{{.*}}lanes = 4, rows = 4{{.*}}block_m = 0
// KERNEL: dl.conv
// KERNEL: dl.max
func.func @layer(%x: tensor<?x24x28x30xf32> {dl.dims = ["n", 24, 28, 30]}, %s: tensor<24xf32>, %b: tensor<24xf32>, %m: tensor<24xf32>, %v: tensor<24xf32>) -> tensor<?x24x28x30xf32> attributes {dl.entry} {
  %w = dl.read @w : tensor<24x1x3x3xf32>
  %c = dl.conv %x, %w {groups = 24 : i64, strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<?x24x28x30xf32>, tensor<24x1x3x3xf32>) -> tensor<?x24x28x30xf32>
  %y = dl.batch_norm %c, %s, %b, %m, %v {epsilon = 1.0e-3 : f64} : (tensor<?x24x28x30xf32>, tensor<24xf32>, tensor<24xf32>, tensor<24xf32>, tensor<24xf32>) -> tensor<?x24x28x30xf32>
  %r = dl.relu %y : (tensor<?x24x28x30xf32>) -> tensor<?x24x28x30xf32>
  %z = dl.add %r, %x : (tensor<?x24x28x30xf32>, tensor<?x24x28x30xf32>) -> tensor<?x24x28x30xf32>
  return %z : tensor<?x24x28x30xf32>
}

// KERNEL-LABEL: dl.kernel @step_{{[0-9]+}}_conv_filter_grad attributes {{{.*}}lanes = 4, rows = 32, vectors = 9,{{.*}}block_m = 0{{.*}}parts = {{[0-9]+}}
// KERNEL: dl.conv_filter_grad
func.func @step(%x: tensor<?x24x28x30xf32> {dl.dims = ["n", 24, 28, 30]}) -> tensor<f32> attributes {dl.entry} {
  %loss, %g = dl.gradient wrt(@w) {
    %w = dl.read @w : tensor<24x1x3x3xf32>
    %c = dl.conv %x, %w {groups = 24 : i64, strides = array<i64: 2, 2>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<?x24x28x30xf32>, tensor<24x1x3x3xf32>) -> tensor<?x24x14x15xf32>
    %r = dl.tanh %c : (tensor<?x24x14x15xf32>) -> tensor<?x24x14x15xf32>
    %l = dl.reduce_mean %r {axes = array<i64: 0, 1, 2, 3>} : (tensor<?x24x14x15xf32>) -> tensor<f32>
    dl.yield %l : tensor<f32>
  } : tensor<f32>, tensor<24x1x3x3xf32>
  %rate = dl.constant dense<0.1> : tensor<f32>
  %w = dl.read @w : tensor<24x1x3x3xf32>
  %next = dl.sgd %w, %g, %rate : (tensor<24x1x3x3xf32>, tensor<24x1x3x3xf32>, tensor<f32>) -> tensor<24x1x3x3xf32>
  dl.write @w, %next : tensor<24x1x3x3xf32>
  return %loss : tensor<f32>
}
