// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is transposed goes through a tile in shared memory: read along its own
// innermost axis and written along the result's, 16 bytes each. Where an extent
// is no multiple, or unknown, single elements lie side by side.
// RUN: dlc --device=cuda --emit=kernels %s -o %t.mlir
// RUN: dlc-simulate %t.mlir --dim n=1,33,67 | FileCheck %s --check-prefix=AGREE
// AGREE: [[COUNT:[0-9]+]] of [[COUNT]] kernels agree
// RUN: %python %S/ptxas.py %t.table %s | FileCheck %s --check-prefix=TABLE
// TABLE: {{[0-9]+ kernels assembled|NOT CHECKED}}
// RUN: FileCheck %s < %t.table.0.sm_80.ptx

// CHECK-LABEL: .entry matrix_0_map
// CHECK: ld.global.nc.v4.b32
// CHECK-COUNT-4: st.shared.b32
// CHECK: bar.sync
// CHECK-COUNT-4: ld.shared.b32
// CHECK: st.global.v4.b32
func.func @matrix(%x: tensor<100x72xf32>, %y: tensor<72x100xf32>) -> tensor<72x100xf32> attributes {dl.entry} {
  %t = dl.transpose %x {permutation = array<i64: 1, 0>} : (tensor<100x72xf32>) -> tensor<72x100xf32>
  %r = dl.add %t, %y : (tensor<72x100xf32>, tensor<72x100xf32>) -> tensor<72x100xf32>
  return %r : tensor<72x100xf32>
}

// CHECK-LABEL: .entry images_0_map
// CHECK: ld.global.nc.v4
// CHECK: bar.sync
// CHECK: st.global.v4
func.func @images(%x: tensor<?x24x3x40xbf16> {dl.dims = ["n", 24, 3, 40]}) -> tensor<?x3x40x24xbf16> attributes {dl.entry} {
  %t = dl.transpose %x {permutation = array<i64: 0, 2, 3, 1>} : (tensor<?x24x3x40xbf16>) -> tensor<?x3x40x24xbf16>
  return %t : tensor<?x3x40x24xbf16>
}

// CHECK-LABEL: .entry rows_0_map
// CHECK: ld.global.nc.v4
// CHECK: bar.sync
// CHECK: st.global.b32
func.func @rows(%x: tensor<?x36xf32> {dl.dims = ["n", 36]}) -> tensor<36x?xf32> attributes {dl.entry} {
  %t = dl.transpose %x {permutation = array<i64: 1, 0>} : (tensor<?x36xf32>) -> tensor<36x?xf32>
  return %t : tensor<36x?xf32>
}

func.func @odd(%x: tensor<?x37xi1> {dl.dims = ["n", 37]}, %y: tensor<?x37xf64> {dl.dims = ["n", 37]}, %z: tensor<37x?xf64> {dl.dims = [37, "n"]}) -> tensor<37x?xf64> attributes {dl.entry} {
  %t = dl.transpose %x {permutation = array<i64: 1, 0>} : (tensor<?x37xi1>) -> tensor<37x?xi1>
  %u = dl.transpose %y {permutation = array<i64: 1, 0>} : (tensor<?x37xf64>) -> tensor<37x?xf64>
  %r = dl.select %t, %u, %z : (tensor<37x?xi1>, tensor<37x?xf64>, tensor<37x?xf64>) -> tensor<37x?xf64>
  return %r : tensor<37x?xf64>
}

// Three columns are no tile.
// CHECK-LABEL: .entry few_0_map
// CHECK-NOT: bar.sync
func.func @few(%x: tensor<?x3xf32> {dl.dims = ["n", 3]}) -> tensor<3x?xf32> attributes {dl.entry} {
  %t = dl.transpose %x {permutation = array<i64: 1, 0>} : (tensor<?x3xf32>) -> tensor<3x?xf32>
  return %t : tensor<3x?xf32>
}
