// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Few rows or columns of several phases, and what has their extents: a launch for
// each phase, whose blocks share the reduced axes, and one for what follows.
// RUN: dlc --device=cuda --emit=kernels %s -o %t.mlir
// RUN: FileCheck %s --check-prefix=SCHEDULE < %t.mlir
// SCHEDULE: dl.kernel @batch_norm_{{[0-9]+}}_reduce attributes {{{.*}}parts = 108>
// SCHEDULE: dl.kernel @batch_norm_gradient_{{[0-9]+}}_reduce attributes {{{.*}}parts = 108>
// SCHEDULE: dl.kernel @softmax_0_reduce attributes {{{.*}}parts = 3>
// SCHEDULE: dl.kernel @softmax_columns_0_reduce attributes {{{.*}}parts = 11>
// RUN: dlc-simulate %t.mlir --dim n=1,3 | FileCheck %s
// CHECK: [[COUNT:[0-9]+]] of [[COUNT]] kernels agree
// RUN: dlc-simulate %t.mlir --dim n=1 --not-finite 997 | FileCheck %s
// RUN: %python %S/ptxas.py %t.table %s | FileCheck %s --check-prefix=TABLE
// TABLE: {{[0-9]+ kernels assembled|NOT CHECKED}}

// Sums of parts are left by launches 0 and 1; launches 1 and 2 read them, and the last reads the image and writes 16
// bytes at once.
// RUN: FileCheck %s --check-prefix=PTX < %t.table.0.sm_80.ptx
// PTX-NOT: atom.{{.*}}add
// PTX: .entry batch_norm_[[KERNEL:[0-9]+]]_reduce(
// PTX: ld.global{{.*}}.v4
// PTX: bar.sync
// PTX: st.global.v4
// PTX: .entry batch_norm_[[KERNEL]]_reduce$then1(
// PTX: bar.sync
// PTX: bar.sync
// PTX: st.global.v4
// PTX: .entry batch_norm_[[KERNEL]]_reduce$then2(
// PTX: bar.sync
// PTX: bar.sync
// PTX: st.global.v4
// PTX-NOT: .entry batch_norm_[[KERNEL]]_reduce$then3(

// Columns: mean, variance, and the normalised image.
func.func @batch_norm(%x: tensor<?x3x24x24xf32> {dl.dims = ["n", 3, 24, 24]}, %w: tensor<20x3x1x1xf32>, %s: tensor<20xf32>, %b: tensor<20xf32>) -> (tensor<?x20x24x24xf32>, tensor<20xf32>, tensor<20xf32>) attributes {dl.entry} {
  %c = dl.conv %x, %w {strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>} : (tensor<?x3x24x24xf32>, tensor<20x3x1x1xf32>) -> tensor<?x20x24x24xf32>
  %y, %m, %v = dl.batch_norm_train %c, %s, %b {epsilon = 1.0e-3 : f64} : (tensor<?x20x24x24xf32>, tensor<20xf32>, tensor<20xf32>) -> (tensor<?x20x24x24xf32>, tensor<20xf32>, tensor<20xf32>)
  return %y, %m, %v : tensor<?x20x24x24xf32>, tensor<20xf32>, tensor<20xf32>
}
func.func @batch_norm_gradient(%x: tensor<?x3x24x24xf32> {dl.dims = ["n", 3, 24, 24]}, %w: tensor<20x3x1x1xf32>, %s: tensor<20xf32>, %b: tensor<20xf32>, %w2: tensor<4x20x1x1xf32>) -> (tensor<?x3x24x24xf32>, tensor<20x3x1x1xf32>, tensor<20xf32>, tensor<20xf32>) attributes {dl.entry} {
  %l, %g:4 = dl.gradient wrt(%x : tensor<?x3x24x24xf32>, %w : tensor<20x3x1x1xf32>, %s : tensor<20xf32>, %b : tensor<20xf32>) {
    %c = dl.conv %x, %w {strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>} : (tensor<?x3x24x24xf32>, tensor<20x3x1x1xf32>) -> tensor<?x20x24x24xf32>
    %y, %m, %v = dl.batch_norm_train %c, %s, %b {epsilon = 1.0e-3 : f64} : (tensor<?x20x24x24xf32>, tensor<20xf32>, tensor<20xf32>) -> (tensor<?x20x24x24xf32>, tensor<20xf32>, tensor<20xf32>)
    %z = dl.conv %y, %w2 {strides = array<i64: 1, 1>, low = array<i64: 0, 0>, high = array<i64: 0, 0>, dilations = array<i64: 1, 1>} : (tensor<?x20x24x24xf32>, tensor<4x20x1x1xf32>) -> tensor<?x4x24x24xf32>
    %t = dl.tanh %z : (tensor<?x4x24x24xf32>) -> tensor<?x4x24x24xf32>
    %sum = dl.reduce_sum %t {axes = array<i64: 0, 1, 2, 3>} : (tensor<?x4x24x24xf32>) -> tensor<f32>
    dl.yield %sum : tensor<f32>
  } : tensor<f32>, tensor<?x3x24x24xf32>, tensor<20x3x1x1xf32>, tensor<20xf32>, tensor<20xf32>
  return %g#0, %g#1, %g#2, %g#3 : tensor<?x3x24x24xf32>, tensor<20x3x1x1xf32>, tensor<20xf32>, tensor<20xf32>
}
// Rows.
func.func @softmax(%x: tensor<3x30000xf32>) -> tensor<3x30000xf32> attributes {dl.entry} {
  %y = dl.softmax %x {axis = 1 : i64} : (tensor<3x30000xf32>) -> tensor<3x30000xf32>
  return %y : tensor<3x30000xf32>
}
func.func @softmax_columns(%x: tensor<2x3000x16xbf16>) -> tensor<2x3000x16xbf16> attributes {dl.entry} {
  %y = dl.softmax %x {axis = 1 : i64} : (tensor<2x3000x16xbf16>) -> tensor<2x3000x16xbf16>
  return %y : tensor<2x3000x16xbf16>
}
func.func @layer_norm(%x: tensor<2x?x3000xbf16> {dl.dims = [2, "n", 3000]}, %s: tensor<?x3000xbf16> {dl.dims = ["n", 3000]}, %b: tensor<?x3000xbf16> {dl.dims = ["n", 3000]}) -> tensor<2x?x3000xbf16> attributes {dl.entry} {
  %y = dl.layer_norm %x, %s, %b {axis = 1 : i64, epsilon = 1.0e-5 : f64} : (tensor<2x?x3000xbf16>, tensor<?x3000xbf16>, tensor<?x3000xbf16>) -> tensor<2x?x3000xbf16>
  return %y : tensor<2x?x3000xbf16>
}
func.func @layer_norm_gradient(%x: tensor<2x21001xf64>, %s: tensor<21001xf64>, %b: tensor<21001xf64>) -> (tensor<2x21001xf64>, tensor<21001xf64>, tensor<21001xf64>) attributes {dl.entry} {
  %l, %g:3 = dl.gradient wrt(%x : tensor<2x21001xf64>, %s : tensor<21001xf64>, %b : tensor<21001xf64>) {
    %y = dl.layer_norm %x, %s, %b {axis = 1 : i64, epsilon = 1.0e-5 : f64} : (tensor<2x21001xf64>, tensor<21001xf64>, tensor<21001xf64>) -> tensor<2x21001xf64>
    %t = dl.tanh %y : (tensor<2x21001xf64>) -> tensor<2x21001xf64>
    %sum = dl.reduce_sum %t {axes = array<i64: 0, 1>} : (tensor<2x21001xf64>) -> tensor<f64>
    dl.yield %sum : tensor<f64>
  } : tensor<f64>, tensor<2x21001xf64>, tensor<21001xf64>, tensor<21001xf64>
  return %g#0, %g#1, %g#2 : tensor<2x21001xf64>, tensor<21001xf64>, tensor<21001xf64>
}
