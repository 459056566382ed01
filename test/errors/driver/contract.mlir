// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What code generation must have left at stage llvm, and did not.
// RUN: rm -rf %t && split-file %s %t && cd %t
// RUN: %python %S/Inputs/refused.py 1 dlc --from=llvm bare.mlir -o x.so | FileCheck %s --check-prefix=BARE
// BARE: bare.mlir:1:1: error: has no dl.interface: it was not made by describe-interface
// RUN: %python %S/Inputs/refused.py 1 dlc --from=llvm missing.mlir -o x.so | FileCheck %s --check-prefix=MISSING
// MISSING: missing.mlir:2:3: error: 'dl.variant' op has no code for function 'f'
// RUN: %python %S/Inputs/refused.py 1 dlc --from=llvm plan.mlir -o x.so | FileCheck %s --check-prefix=PLAN
// PLAN: error: 'llvm.func' op has 2 offsets and no function @f.plan to compute them
// RUN: %python %S/Inputs/refused.py 1 dlc --from=llvm type.mlir -o x.so | FileCheck %s --check-prefix=TYPE
// TYPE: error: 'llvm.func' op has type '!llvm.func<void ()>', an entry is '!llvm.func<i32 (ptr)>'
// RUN: %python %S/Inputs/refused.py 1 dlc --from=llvm undefined.mlir -o x.so | FileCheck %s --check-prefix=UNDEFINED
// UNDEFINED: error: the linker failed: {{.*}}undefined symbol: expf
// RUN: %python %S/Inputs/refused.py 1 dlc --from=llvm data.mlir -o x.so | FileCheck %s --check-prefix=DATA
// DATA: error: dl.interface says that @w is data of type 'tensor<2xf32>'; it is declared with none
// RUN: %python %S/Inputs/refused.py 1 dlc --from=llvm arch.mlir -o x.so | FileCheck %s --check-prefix=ARCH
// ARCH: error: a shared library holds the runtime, and this dlc was built without one for riscv64; write .o or .a instead

//--- bare.mlir
module {}
//--- missing.mlir
module attributes {dl.interface = {dims = [], functions = [{name = "f", arguments = []}], state = [], state_bytes = 64 : i64, data_bytes = 0 : i64}} {
  dl.variant @sse attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v2", features = "", vector_bits = 128, vector_registers = 16, fma = false, l1 = 32768, l2 = 262144, features_mask = 1>} {
  }
}
//--- plan.mlir
module attributes {dl.interface = {dims = [], functions = [{name = "f", arguments = []}], state = [], state_bytes = 64 : i64, data_bytes = 0 : i64}} {
  dl.variant @sse attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v2", features = "", vector_bits = 128, vector_registers = 16, fma = false, l1 = 32768, l2 = 262144, features_mask = 1>} {
    llvm.func @f(%frame: !llvm.ptr) -> i32 attributes {dl.offsets = 2 : i64} {
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
  }
}
//--- type.mlir
module attributes {dl.interface = {dims = [], functions = [{name = "f", arguments = []}], state = [], state_bytes = 64 : i64, data_bytes = 0 : i64}} {
  dl.variant @sse attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v2", features = "", vector_bits = 128, vector_registers = 16, fma = false, l1 = 32768, l2 = 262144, features_mask = 1>} {
    llvm.func @f() {
      llvm.return
    }
  }
}
//--- undefined.mlir
module attributes {dl.interface = {dims = [], functions = [{name = "f", arguments = []}], state = [], state_bytes = 64 : i64, data_bytes = 0 : i64}} {
  dl.variant @sse attributes {target = #dl.target<arch = "x86_64", cpu = "x86-64-v2", features = "", vector_bits = 128, vector_registers = 16, fma = false, l1 = 32768, l2 = 262144, features_mask = 1>} {
    llvm.func @expf(f32) -> f32
    llvm.func @f(%frame: !llvm.ptr) -> i32 {
      %x = llvm.load %frame : !llvm.ptr -> f32
      %y = llvm.call @expf(%x) : (f32) -> f32
      llvm.store %y, %frame : f32, !llvm.ptr
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
  }
}
//--- data.mlir
module attributes {dl.interface = {dims = [], functions = [], state = [{symbol = @w, name = "w", kind = "parameter", type = tensor<2xf32>, offset = 64 : i64, data = 0 : i64}], state_bytes = 128 : i64, data_bytes = 64 : i64}} {
  dl.parameter @w : tensor<2xf32> = #dl.zeros
}
//--- arch.mlir
module attributes {dl.interface = {dims = [], functions = [], state = [], state_bytes = 64 : i64, data_bytes = 0 : i64}} {
  dl.variant @neon attributes {target = #dl.target<arch = "riscv64", cpu = "generic", features = "", vector_bits = 128, vector_registers = 32, fma = true, l1 = 32768, l2 = 262144, features_mask = 64>} {
  }
}
