// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A loop's bounds say that a division fits in 32 bits; an argument says nothing.
// RUN: dlc-opt %s --narrow-indices | FileCheck %s

#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  gpu.module @device {
    // CHECK-LABEL: llvm.func @taps
    llvm.func @taps(%to: !llvm.ptr, %extent: i64) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c9 = arith.constant 9 : index
      %c288 = arith.constant 288 : index
      %n = arith.index_cast %extent : i64 to index
      // CHECK: arith.divui %{{.*}} : index
      %rows = arith.divui %n, %c9 : index
      %seen = arith.index_cast %rows : index to i64
      llvm.store %seen, %to : i64, !llvm.ptr
      scf.for %i = %c0 to %c288 step %c1 {
        // CHECK: arith.divui %{{.*}} : i32
        %tap = arith.divui %i, %c9 : index
        %wide = arith.index_cast %tap : index to i64
        llvm.store %wide, %to : i64, !llvm.ptr
      }
      llvm.return
    }
    // A shift by what 32 bits have no room for stays one of 64.
    // CHECK-LABEL: llvm.func @shifts
    llvm.func @shifts(%to: !llvm.ptr) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c9 = arith.constant 9 : index
      %near = arith.constant 2 : i64
      %far = arith.constant 32 : i64
      scf.for %i = %c0 to %c9 step %c1 {
        %wide = arith.index_cast %i : index to i64
        // CHECK: arith.shrui %{{.*}} : i32
        %low = arith.shrui %wide, %near : i64
        // CHECK: arith.shrui %{{.*}} : i64
        %high = arith.shrui %wide, %far : i64
        llvm.store %low, %to : i64, !llvm.ptr
        llvm.store %high, %to : i64, !llvm.ptr
      }
      llvm.return
    }
  }
}

// Another target's stays as it is.
#cpu = #dl.target<arch = "x86_64", cpu = "x86-64", features = "", vector_bits = 128, vector_registers = 16, fma = false, l1 = 32768, l2 = 262144, features_mask = 0>
dl.variant @x86 attributes {target = #cpu} {
  gpu.module @device {
    // CHECK-LABEL: llvm.func @other
    llvm.func @other(%to: !llvm.ptr) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c9 = arith.constant 9 : index
      scf.for %i = %c0 to %c9 step %c1 {
        // CHECK: arith.divui %{{.*}} : index
        %tap = arith.divui %i, %c9 : index
        %wide = arith.index_cast %tap : index to i64
        llvm.store %wide, %to : i64, !llvm.ptr
      }
      llvm.return
    }
  }
}
