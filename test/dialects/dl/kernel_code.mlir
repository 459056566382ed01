// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s | dlc-opt | FileCheck %s
// CHECK-LABEL: dl.variant @avx2
// CHECK-SAME: #dl.target<arch = "x86_64"
dl.variant @avx2 attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 1048576, features_mask = 1>} {
  // CHECK: func.func @code(%[[FRAME:.*]]: !llvm.ptr, %[[N:.*]]: index, %[[I:.*]]: i64)
  func.func @code(%frame: !llvm.ptr, %n: index, %i: i64) {
    // CHECK: dl.buffer %[[FRAME]] argument 0[%[[N]]] : memref<?xf32>
    %b = dl.buffer %frame argument 0 [%n] : memref<?xf32>
    // CHECK: dl.frame_dim %[[FRAME]] 0 : index
    %d = dl.frame_dim %frame 0 : index
    // CHECK: dl.fault %[[FRAME]] site 3(%[[I]], %[[I]], %[[I]])
    dl.fault %frame site 3 (%i, %i, %i)
    // CHECK: dl.fault_exit %[[FRAME]]
    dl.fault_exit %frame
    // CHECK: dl.parallel %[[N]] {
    // CHECK-NEXT: ^bb0(%{{.*}}: index, %{{.*}}: index):
    dl.parallel %n {
    ^bb0(%task: index, %worker: index):
      dl.yield
    }
    return
  }
}
