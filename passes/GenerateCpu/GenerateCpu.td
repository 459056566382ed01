// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_GENERATECPU_TD
#define DLC_PASSES_GENERATECPU_TD
include "mlir/Pass/PassBase.td"

def GenerateCpu : Pass<"generate-cpu", "::dlc::dl::VariantOp"> {
  let summary = "turns each kernel into a function of vector loops over flat buffers";
  let description = [{
    `dl.kernel @k` becomes `func.func private @k(frame, inputs..., outputs...,
    scratch, extents...)`: inputs and outputs are `memref<?xT>` (i1 and ui8 as
    i8), `extents` one index for each named dimension of the function attribute
    `dl.dims`. `dl.result_dims` keeps the results' extents for the memory
    planner, `dl.in_place` for each result the inputs whose buffer it may
    overwrite; `dl.shared` and `dl.scratch` are the bytes of scratch it needs once
    and for each worker. The schedule decides which generator and how; nothing
    is chosen here.

    Runs after TileKernels, once for each CPU variant.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect", "::mlir::LLVM::LLVMDialect"];
}
#endif
