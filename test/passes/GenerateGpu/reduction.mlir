// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A row of 1,024 is a warp's, read once and kept in registers through both
// reductions of a softmax; a longer one is a block's.
// RUN: dlc --device=cuda %s -o %t.ptx && FileCheck %s < %t.ptx
// RUN: FileCheck %s --check-prefix=NO < %t.ptx
// NO-NOT: .local

// CHECK-LABEL: .entry row_0_reduce
// CHECK-COUNT-8: ld.global.v4
// CHECK-NOT: ld.global
// CHECK: shfl.sync.down
// CHECK-NOT: bar.sync
// CHECK: st.global.v4
func.func @row(%x: tensor<?x1024xf32> {dl.dims = ["n", 1024]}) -> tensor<?x1024xf32> attributes {dl.entry} {
  %y = dl.softmax %x {axis = 1 : i64} : (tensor<?x1024xf32>) -> tensor<?x1024xf32>
  return %y : tensor<?x1024xf32>
}

// CHECK-LABEL: .entry long_0_reduce
// CHECK: shfl.sync.down
// CHECK: st.shared
// CHECK: bar.sync
func.func @long(%x: tensor<?x4096xf32> {dl.dims = ["n", 4096]}) -> tensor<?xf32> attributes {dl.entry} {
  %y = dl.reduce_sum %x {axes = array<i64: 1>} : (tensor<?x4096xf32>) -> tensor<?xf32>
  return %y : tensor<?xf32>
}
