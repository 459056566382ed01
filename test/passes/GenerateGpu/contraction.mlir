// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tiles come by copies of 16 bytes that nobody waits for while the tiles before
// are multiplied; sums stay in registers through the epilogue.
// RUN: dlc --device=cuda %s -o %t.ptx && FileCheck %s < %t.ptx
// RUN: FileCheck %s --check-prefix=NO < %t.ptx
// NO-NOT: .local

// CHECK-LABEL: .entry product_0_contract
// CHECK: cp.async.cg.shared.global
// CHECK: cp.async.commit_group
// CHECK: cp.async.wait_group 0
// CHECK: bar.sync
// CHECK: cp.async.cg.shared.global
// CHECK: ld.shared.v4
// CHECK: fma.rn.f32
// CHECK: st.global.v4
func.func @product(%a: tensor<256x512xf32>, %b: tensor<512x128xf32>, %bias: tensor<128xf32>) -> tensor<256x128xf32> attributes {dl.entry} {
  %c = dl.matmul %a, %b : (tensor<256x512xf32>, tensor<512x128xf32>) -> tensor<256x128xf32>
  %d = dl.add %c, %bias : (tensor<256x128xf32>, tensor<128xf32>) -> tensor<256x128xf32>
  %e = dl.relu %d : (tensor<256x128xf32>) -> tensor<256x128xf32>
  return %e : tensor<256x128xf32>
}
