// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: dlc-opt %s --verify-stage=stage=llvm --split-input-file --verify-diagnostics
// LLVM's dialect, in variants, is all there is.
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  // expected-error @below {{'func.func' op may not exist after stage 'llvm'}}
  func.func @f() {
    return
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  llvm.func @f(%x: i32) -> i32 {
    // expected-error @below {{'arith.addi' op may not exist after stage 'llvm'}}
    %y = arith.addi %x, %x : i32
    llvm.return %y : i32
  }
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  llvm.func @f(%frame: !llvm.ptr) {
    // expected-error @below {{'dl.fault_exit' op may not exist after stage 'llvm'}}
    dl.fault_exit %frame
    llvm.return
  }
}

// -----
// expected-error @below {{'llvm.func' op may not stand outside of a variant after stage 'llvm'}}
llvm.func @f() {
  llvm.return
}

// -----
#target = #dl.target<arch = "x86_64", cpu = "x86-64-v3", features = "", vector_bits = 256, vector_registers = 16, fma = true, l1 = 32768, l2 = 262144, features_mask = 3>
dl.variant @v attributes {target = #target} {
  llvm.func @f(%x: i32) -> i32 {
    // expected-error @below {{'builtin.unrealized_conversion_cast' op may not exist after stage 'llvm'}}
    %y = builtin.unrealized_conversion_cast %x : i32 to index
    llvm.return %x : i32
  }
}
