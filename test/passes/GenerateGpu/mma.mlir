// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Products of 16-bit elements by matrix instructions, in every form of operands:
// rows that come in whole accesses, in pairs, one by one, and computed ones.
// RUN: dlc --device=cuda --emit=kernels %s -o %t.mlir
// RUN: dlc-simulate %t.mlir --dim n=1,70 | FileCheck %s
// RUN: sed 's/rows = 32, vectors = 4, unroll = 1, block_m = [0-9]*, block_k = 32, pack = "\([a-z]*\)", grain = 128, prefetch = 3/rows = 64, vectors = 4, unroll = 1, block_m = 128, block_k = 32, pack = "\1", grain = 256, prefetch = 1/' %t.mlir > %t.large.mlir
// RUN: grep -c 'rows = 64.* grain = 256' %t.large.mlir | FileCheck %s --check-prefix=LARGE
// LARGE: 5
// RUN: dlc-simulate %t.large.mlir --dim n=1,200 | FileCheck %s
// CHECK: [[COUNT:[0-9]+]] of [[COUNT]] kernels agree
// RUN: %python %S/ptxas.py %t.table %s | FileCheck %s --check-prefix=TABLE
// TABLE: {{[0-9]+ kernels assembled|NOT CHECKED}}
// RUN: FileCheck %s --check-prefix=PTX < %t.table.0.sm_80.ptx
// RUN: FileCheck %s --check-prefix=NO < %t.table.0.sm_80.ptx
// NO-NOT: .local

// PTX-LABEL: .entry nn_0_contract
// PTX: cp.async.cg.shared.global
// PTX: cp.async.wait_group 2
// PTX: ldmatrix.sync.aligned.m8n8.x4.shared.b16
// PTX: ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16
// PTX: mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32
// PTX: st.global.v4.b32
func.func @nn(%a: tensor<?x80xbf16> {dl.dims = ["n", 80]}, %b: tensor<80x136xbf16>, %bias: tensor<136xbf16>) -> tensor<?x136xbf16> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x80xbf16>, tensor<80x136xbf16>) -> tensor<?x136xbf16>
  %d = dl.add %c, %bias : (tensor<?x136xbf16>, tensor<136xbf16>) -> tensor<?x136xbf16>
  return %d : tensor<?x136xbf16>
}
// PTX-LABEL: .entry nt_0_contract
// PTX-NOT: .trans
// PTX: mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32
func.func @nt(%a: tensor<?x48xf16> {dl.dims = ["n", 48]}, %b: tensor<72x48xf16>) -> tensor<?x72xf16> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 1>} : (tensor<?x48xf16>, tensor<72x48xf16>) -> tensor<?x72xf16>
  return %c : tensor<?x72xf16>
}
// PTX-LABEL: .entry tn_0_contract
func.func @tn(%a: tensor<?x16xbf16> {dl.dims = ["n", 16]}, %b: tensor<?x24xbf16> {dl.dims = ["n", 24]}) -> tensor<16x24xbf16> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 0>, rhs_contract = array<i64: 0>} : (tensor<?x16xbf16>, tensor<?x24xbf16>) -> tensor<16x24xbf16>
  return %c : tensor<16x24xbf16>
}
// PTX-LABEL: .entry pairs_0_contract
// PTX: cp.async.ca.shared.global [{{.*}}], [{{.*}}], 4,
func.func @pairs(%a: tensor<3x?x18xbf16> {dl.dims = [3, "n", 18]}, %b: tensor<3x18x10xbf16>) -> tensor<3x?x10xbf16> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_batch = array<i64: 0>, rhs_batch = array<i64: 0>, lhs_contract = array<i64: 2>, rhs_contract = array<i64: 1>} : (tensor<3x?x18xbf16>, tensor<3x18x10xbf16>) -> tensor<3x?x10xbf16>
  return %c : tensor<3x?x10xbf16>
}
func.func @odd(%a: tensor<?x37xf16> {dl.dims = ["n", 37]}, %b: tensor<37x33xf16>) -> tensor<?x33xf16> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x37xf16>, tensor<37x33xf16>) -> tensor<?x33xf16>
  %d = dl.relu %c : (tensor<?x33xf16>) -> tensor<?x33xf16>
  return %d : tensor<?x33xf16>
}
