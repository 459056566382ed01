// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(lower-frame))' | FileCheck %s
dl.variant @v attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v4", features = "", vector_bits = 512, vector_registers = 32, fma = true, l1 = 32768, l2 = 1048576, features_mask = 7>} {
  // The body becomes a function of its own, called through the frame's parallel_for (field 6).
  // CHECK: llvm.func internal @f.body0(%{{.*}}: !llvm.ptr, %{{.*}}: i64, %{{.*}}: i32)
  // CHECK: memref.store
  // CHECK-LABEL: func.func @f
  // CHECK-NOT: dl.
  // CHECK: llvm.mlir.addressof @f.body0
  // CHECK: llvm.getelementptr %{{.*}}[6]
  // CHECK: llvm.call %{{.*}}(%{{.*}}) : !llvm.ptr, (!llvm.ptr, i64, !llvm.ptr, !llvm.ptr) -> ()
  func.func @f(%frame: !llvm.ptr) -> i32 {
    %n = dl.frame_dim %frame 0 : index
    %b = dl.buffer %frame arena 1 [%n] : memref<?xf32>
    %c = arith.constant 1.0 : f32
    dl.parallel %n {
    ^bb0(%task: index, %worker: index):
      memref.store %c, %b[%task] : memref<?xf32>
    }
    %s = arith.constant 0 : i32
    return %s : i32
  }
  // A reported data error ends the call with 1 before what follows.
  // CHECK-LABEL: func.func @g
  // CHECK: llvm.icmp "ne"
  // CHECK: cf.cond_br %{{.*}}, ^[[EXIT:.*]], ^
  // CHECK: ^[[EXIT]]:
  // CHECK-NEXT: arith.constant 1 : i32
  func.func @g(%frame: !llvm.ptr, %p: i64) -> i32 {
    dl.fault %frame site -2 (%p, %p, %p)
    dl.fault_exit %frame
    %s = arith.constant 0 : i32
    return %s : i32
  }
}
