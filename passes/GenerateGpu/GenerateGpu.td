// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_GENERATEGPU_TD
#define DLC_PASSES_GENERATEGPU_TD
include "mlir/Pass/PassBase.td"

def GenerateGpu : Pass<"generate-gpu", "::dlc::dl::VariantOp"> {
  let summary = "turns each kernel into a function that threads of a GPU run";
  let description = [{
    `dl.kernel @k` becomes `llvm.func @k(fault, inputs..., outputs..., extents...)`
    in the variant's `gpu.module @device` (characters that PTX has not are written $xx): pointers to global memory, aligned to
    16 bytes, and one i64 for each named dimension of the function attribute
    `dl.dims`. `fault` points to five i64 (see README.md). `dl.grid` is the number
    of blocks as an extent, 0 for nothing to do; `nvvm.reqntid` the threads of
    one; `dl.number` says which one a launch means. The schedule
    decides which generator and how; nothing is chosen here.

    The kernel's place is taken by the function that GenerateCpu would make of it,
    `func.func @k(frame, buffers..., scratch, extents...)`, whose buffers are the
    device's and whose body launches. So the passes behind need not know what runs
    a kernel. Runs after TileKernels in variants whose target is a GPU; leaves
    others alone.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::gpu::GPUDialect", "::mlir::math::MathDialect", "::mlir::NVVM::NVVMDialect",
                           "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect", "::mlir::LLVM::LLVMDialect"];
}
#endif
