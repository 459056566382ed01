// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-stage=stage=llvm --split-input-file --verify-diagnostics
// What a GPU's threads run may use its instructions, in a variant for one.
#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  gpu.module @device {
    llvm.func @k() {
      nvvm.barrier0
      llvm.return
    }
  }
}

// -----
#gpu = #dl.target<arch = "nvptx64", cpu = "sm_80", features = "+ptx70", vector_bits = 128, vector_registers = 255, fma = true, l1 = 49152, l2 = 41943040, features_mask = 0>
dl.variant @sm_80 attributes {target = #gpu} {
  gpu.module @device {
    llvm.func @k(%x: i32) -> i32 {
      // expected-error @below {{'arith.addi' op may not exist after stage 'llvm'}}
      %y = arith.addi %x, %x : i32
      llvm.return %y : i32
    }
  }
}

// -----
#cpu = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #cpu} {
  // expected-error @below {{'gpu.module' op may not exist after stage 'llvm'}}
  gpu.module @device {
  }
}
