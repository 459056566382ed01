// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A block that needs more shared memory than it has without asking: the kernel's
// arrays are pieces of one that the launch brings.
// RUN: rm -rf %t && mkdir %t && dlc %s --device=cuda --ptxas=none --self-test -o %t/m.so --save-stages=%t
// RUN: %simulated DLC_SIMULATED_CODE=%t/llvm.mlir dlc test %t/m.so | FileCheck %s
// CHECK: pass  product on sm_80
// RUN: %simulated DLC_SIMULATED_CODE=%t/llvm.mlir DLC_SIMULATED_SHARED=60000 not dlc test %t/m.so 2>&1 | FileCheck %s --check-prefix=LESS
// LESS: dlc: error: CUDA device 0 gives kernel product_0_contract of m no 75776 bytes of shared memory: invalid argument
// RUN: FileCheck %s --check-prefix=STAGE < %t/llvm.mlir
// STAGE: llvm.mlir.global external @dl$shared() {addr_space = 3 : i32, alignment = 16 : i64{{.*}}} : !llvm.array<0 x i8>
// STAGE: @product_0_contract({{.*}}dl.shared_bytes = 75776
// RUN: dlc %s --device=cuda -o %t/m.ptx && FileCheck %s --check-prefix=PTX < %t/m.ptx
// PTX: .extern .shared .align 16 .b8 dl$shared[]
// As many stages as two blocks have room for, of the GPU named.
// RUN: dlc %s --device=cuda --gpu=sm_86 --emit=kernels -o - | FileCheck %s --check-prefix=LITTLE
// LITTLE: block_m = 128{{.*}}prefetch = 1>
// RUN: dlc %s --device=cuda --gpu=sm_90a --emit=kernels -o - | FileCheck %s --check-prefix=MUCH
// MUCH: block_m = 128{{.*}}prefetch = 3>
func.func @product(%a: tensor<1408x40xbf16>, %b: tensor<40x1408xbf16>) -> tensor<1408x1408xbf16> attributes {dl.entry} {
  %c = dl.matmul %a, %b : (tensor<1408x40xbf16>, tensor<40x1408xbf16>) -> tensor<1408x1408xbf16>
  return %c : tensor<1408x1408xbf16>
}
