// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A product that fills a device has tiles of 128 x 128: four warps of 64 x 64,
// two blocks for each processor.
// RUN: %python %S/ptxas.py %t.table %s | FileCheck %s --check-prefix=TABLE
// TABLE: {{[0-9]+ kernels assembled|NOT CHECKED}}
// RUN: FileCheck %s < %t.table.0.sm_80.ptx
// RUN: FileCheck %s --check-prefix=NO < %t.table.0.sm_80.ptx
// NO-NOT: .local
// RUN: dlc --device=cuda --emit=kernels %s -o - | FileCheck %s --check-prefix=WINDOWS
// The same tiles on products that fill none of them.
// RUN: dlc --device=cuda --emit=kernels %S/mma.mlir -o %t.small.mlir
// RUN: sed 's/rows = 32, vectors = 4, unroll = 1, block_m = 64\(.*\)prefetch = 3/rows = 64, vectors = 8, unroll = 1, block_m = 128\1prefetch = 3/' %t.small.mlir > %t.large.mlir
// RUN: grep -c 'vectors = 8, unroll = 1, block_m = 128' %t.large.mlir
// RUN: dlc-simulate %t.large.mlir --dim n=1,131 | FileCheck %s --check-prefix=AGREE
// AGREE: [[COUNT:[0-9]+]] of [[COUNT]] kernels agree

// CHECK-LABEL: .entry nn_0_contract
// CHECK: .reqntid 128
// CHECK: .maxnreg 255
// CHECK: cp.async.cg.shared.global
// CHECK: cp.async.wait_group 2
// CHECK: bar.sync
// CHECK: ldmatrix.sync.aligned.m8n8.x4.shared.b16
// CHECK: ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16
// CHECK-COUNT-64: mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32
// CHECK-NOT: mma.sync
// CHECK: shfl.sync.bfly
// CHECK: st.global.v4.b32
// Operands that are gathered one by one leave no register for anything else.
func.func @odd(%a: tensor<2049x513xbf16>, %b: tensor<513x2049xbf16>) -> tensor<2049x2049xbf16> attributes {dl.entry} {
  %c = dl.matmul %a, %b : (tensor<2049x513xbf16>, tensor<513x2049xbf16>) -> tensor<2049x2049xbf16>
  return %c : tensor<2049x2049xbf16>
}
func.func @first(%x: tensor<8x3x128x128xbf16>, %w: tensor<128x3x7x7xbf16>) -> tensor<8x128x64x64xbf16> attributes {dl.entry} {
  %y = dl.conv %x, %w {strides = array<i64: 2, 2>, low = array<i64: 3, 3>, high = array<i64: 3, 3>, dilations = array<i64: 1, 1>, groups = 1 : i64} : (tensor<8x3x128x128xbf16>, tensor<128x3x7x7xbf16>) -> tensor<8x128x64x64xbf16>
  return %y : tensor<8x128x64x64xbf16>
}
// Windows are looked up with the registers that half the sums leave.
// WINDOWS: dl.kernel @windows_{{[0-9]+}}_conv {{.*}}rows = 64, vectors = 4, unroll = 1, block_m = 128
func.func @windows(%x: tensor<32x128x28x28xbf16>, %w: tensor<128x128x3x3xbf16>, %g: tensor<32x128x28x28xbf16>) -> (tensor<32x128x28x28xbf16>, tensor<32x128x28x28xbf16>, tensor<128x128x3x3xbf16>) attributes {dl.entry} {
  %y = dl.conv %x, %w {strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<32x128x28x28xbf16>, tensor<128x128x3x3xbf16>) -> tensor<32x128x28x28xbf16>
  %dx = dl.conv_input_grad %g, %w {dims = [32, 128, 28, 28], strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<32x128x28x28xbf16>, tensor<128x128x3x3xbf16>) -> tensor<32x128x28x28xbf16>
  %dw = dl.conv_filter_grad %x, %g {dims = [128, 128, 3, 3], strides = array<i64: 1, 1>, low = array<i64: 1, 1>, high = array<i64: 1, 1>, dilations = array<i64: 1, 1>} : (tensor<32x128x28x28xbf16>, tensor<32x128x28x28xbf16>) -> tensor<128x128x3x3xbf16>
  return %y, %dx, %dw : tensor<32x128x28x28xbf16>, tensor<32x128x28x28xbf16>, tensor<128x128x3x3xbf16>
}
func.func @nn(%a: tensor<2048x512xbf16>, %b: tensor<512x2048xbf16>, %bias: tensor<2048xbf16>) -> tensor<2048x2048xbf16> attributes {dl.entry} {
  %c = dl.matmul %a, %b : (tensor<2048x512xbf16>, tensor<512x2048xbf16>) -> tensor<2048x2048xbf16>
  %d = dl.add %c, %bias : (tensor<2048x2048xbf16>, tensor<2048xbf16>) -> tensor<2048x2048xbf16>
  return %d : tensor<2048x2048xbf16>
}
