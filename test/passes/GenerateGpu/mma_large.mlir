// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A product that fills a device has tiles of 128 x 128: eight warps of 64 x 32.
// RUN: %python %S/ptxas.py %t.table %s | FileCheck %s --check-prefix=TABLE
// TABLE: {{[0-9]+ kernels assembled|NOT CHECKED}}
// RUN: FileCheck %s < %t.table.0.sm_80.ptx
// RUN: FileCheck %s --check-prefix=NO < %t.table.0.sm_80.ptx
// NO-NOT: .local

// CHECK-LABEL: .entry nn_0_contract
// CHECK: .reqntid 256
// CHECK: cp.async.cg.shared.global
// CHECK: cp.async.wait_group 0
// CHECK: bar.sync
// CHECK: ldmatrix.sync.aligned.m8n8.x4.shared.b16
// CHECK: ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16
// CHECK-COUNT-32: mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32
// CHECK-NOT: mma.sync
// CHECK: shfl.sync.bfly
// CHECK: st.global.v4.b32
func.func @nn(%a: tensor<2048x512xbf16>, %b: tensor<512x2048xbf16>, %bias: tensor<2048xbf16>) -> tensor<2048x2048xbf16> attributes {dl.entry} {
  %c = dl.matmul %a, %b : (tensor<2048x512xbf16>, tensor<512x2048xbf16>) -> tensor<2048x2048xbf16>
  %d = dl.add %c, %bias : (tensor<2048x2048xbf16>, tensor<2048xbf16>) -> tensor<2048x2048xbf16>
  return %d : tensor<2048x2048xbf16>
}
