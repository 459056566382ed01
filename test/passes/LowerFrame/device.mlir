// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --pass-pipeline='builtin.module(dl.variant(lower-frame))' --split-input-file --verify-diagnostics | FileCheck %s
#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  gpu.module @device {
    llvm.func @copies(%to: !llvm.ptr<1>) attributes {dl.copies = 4096 : i64, dl.number = 7 : i64} {
      llvm.return
    }
  }
  // A constant's buffer is where the runtime has put it (field 11).
  // CHECK: llvm.mlir.global private constant @ten
  memref.global "private" constant @ten : memref<10xf32> = dense<1.0> {alignment = 64 : i64}
  // CHECK-LABEL: func.func @f
  func.func @f(%frame: !llvm.ptr) -> i32 {
    // CHECK: %[[HOST:.*]] = llvm.mlir.addressof @ten
    // CHECK: llvm.getelementptr %{{.*}}[11]
    // CHECK: llvm.call %{{.*}}(%{{.*}}, %[[HOST]]) : !llvm.ptr, (!llvm.ptr, !llvm.ptr) -> !llvm.ptr
    %c = memref.get_global @ten : memref<10xf32>
    %from = memref.cast %c : memref<10xf32> to memref<?xf32>
    // Nothing waits: what follows is guarded (field 12).
    // CHECK: llvm.getelementptr %{{.*}}[12]
    // CHECK-NOT: cf.cond_br
    dl.fault_exit %frame
    %n = arith.constant 10 : index
    %to = dl.buffer %frame state 64 [%n] : memref<?xf32>
    // A copy is a launch of the kernel that copies 4,096 bytes a block.
    // CHECK: %[[EACH:.*]] = arith.constant 4096 : index
    // CHECK: arith.ceildivui %{{.*}}, %[[EACH]]
    // CHECK: arith.constant 7 : i32
    // CHECK: llvm.getelementptr %{{.*}}[10]
    // CHECK-NOT: memref.copy
    memref.copy %from, %to : memref<?xf32> to memref<?xf32>
    %s = arith.constant 0 : i32
    return %s : i32
  }
}

// -----
#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  func.func @f(%frame: !llvm.ptr, %from: memref<?xf32>, %to: memref<?xf32>) {
    // expected-error @below {{'memref.copy' op needs a kernel that copies, and the variant has none}}
    memref.copy %from, %to : memref<?xf32> to memref<?xf32>
    return
  }
}
