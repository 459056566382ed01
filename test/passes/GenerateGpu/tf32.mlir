// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Products of f32 by matrix instructions, where that is asked for: --precision=tf32.
// Words that lie by step come by ldmatrix, others one by one; all are rounded.
// RUN: dlc --device=cuda --precision=tf32 --emit=kernels %s -o %t.mlir
// RUN: dlc-simulate %t.mlir --dim n=1,70 | FileCheck %s
// CHECK: [[COUNT:[0-9]+]] of [[COUNT]] kernels agree
// RUN: sed 's/rows = 32, vectors = 4, unroll = 1, block_m = [0-9]*, block_k = 16, pack = "\([a-z]*\)", grain = 128, prefetch = 3/rows = 64, vectors = 4, unroll = 1, block_m = 128, block_k = 16, pack = "\1", grain = 256, prefetch = 1/' %t.mlir > %t.large.mlir
// RUN: grep -c 'rows = 64.* grain = 256' %t.large.mlir | FileCheck %s --check-prefix=LARGE
// LARGE: 5
// RUN: dlc-simulate %t.large.mlir --dim n=1,200 | FileCheck %s
// RUN: dlc --device=cuda %s -o %t.exact.ptx && FileCheck %s --check-prefix=EXACT < %t.exact.ptx
// EXACT-NOT: tf32
// RUN: %python %S/ptxas.py %t.table %s --precision=tf32 | FileCheck %s --check-prefix=TABLE
// TABLE: {{[0-9]+ kernels assembled|NOT CHECKED}}
// RUN: FileCheck %s --check-prefix=PTX < %t.table.0.sm_80.ptx
// RUN: FileCheck %s --check-prefix=NO < %t.table.0.sm_80.ptx
// NO-NOT: .local

// PTX-LABEL: .entry nn_0_contract
// PTX: cp.async.cg.shared.global
// PTX: ldmatrix.sync.aligned.m8n8.x4.shared.b16
// PTX: cvt.rna.tf32.f32
// PTX: mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32
// PTX: st.global.v4
func.func @nn(%a: tensor<?x80xf32> {dl.dims = ["n", 80]}, %b: tensor<80x136xf32>, %bias: tensor<136xf32>) -> tensor<?x136xf32> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x80xf32>, tensor<80x136xf32>) -> tensor<?x136xf32>
  %d = dl.add %c, %bias : (tensor<?x136xf32>, tensor<136xf32>) -> tensor<?x136xf32>
  return %d : tensor<?x136xf32>
}
func.func @nt(%a: tensor<?x48xf32> {dl.dims = ["n", 48]}, %b: tensor<72x48xf32>) -> tensor<?x72xf32> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 1>} : (tensor<?x48xf32>, tensor<72x48xf32>) -> tensor<?x72xf32>
  return %c : tensor<?x72xf32>
}
func.func @tn(%a: tensor<?x16xf32> {dl.dims = ["n", 16]}, %b: tensor<?x24xf32> {dl.dims = ["n", 24]}) -> tensor<16x24xf32> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 0>, rhs_contract = array<i64: 0>} : (tensor<?x16xf32>, tensor<?x24xf32>) -> tensor<16x24xf32>
  return %c : tensor<16x24xf32>
}
func.func @batch(%a: tensor<3x?x18xf32> {dl.dims = [3, "n", 18]}, %b: tensor<3x18x10xf32>) -> tensor<3x?x10xf32> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_batch = array<i64: 0>, rhs_batch = array<i64: 0>, lhs_contract = array<i64: 2>, rhs_contract = array<i64: 1>} : (tensor<3x?x18xf32>, tensor<3x18x10xf32>) -> tensor<3x?x10xf32>
  return %c : tensor<3x?x10xf32>
}
func.func @odd(%a: tensor<?x37xf32> {dl.dims = ["n", 37]}, %b: tensor<37x33xf32>) -> tensor<?x33xf32> attributes {dl.entry} {
  %c = dl.contract %a, %b {lhs_contract = array<i64: 1>, rhs_contract = array<i64: 0>} : (tensor<?x37xf32>, tensor<37x33xf32>) -> tensor<?x33xf32>
  %d = dl.relu %c : (tensor<?x33xf32>) -> tensor<?x33xf32>
  return %d : tensor<?x33xf32>
}
