// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_LOWERFRAME_TD
#define DLC_PASSES_LOWERFRAME_TD
include "mlir/Pass/PassBase.td"

def LowerFrame : Pass<"lower-frame", "::dlc::dl::VariantOp"> {
  let summary = "turns parallel loops, buffers, dimensions and faults into accesses of the runtime's frame";
  let description = [{
    `dl.parallel` becomes a call of the frame's `parallel_for` with a function of
    its own, which finds what the loop body used in a structure on the caller's
    stack. `dl.buffer`, `dl.frame_dim`, `dl.fault` and `dl.fault_exit` become loads
    and stores at the fields of `struct dlc_frame` (runtime/include/dlc/abi.h).

    In a variant for a GPU, copies become launches of the kernel that copies,
    constants what the frame's `constant` answers, and `dl.fault_exit` a call of
    `guard`: buffers are the device's, and the host does not wait to look.

    Runs after PlanMemory, before the conversions to LLVM's dialect.
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::cf::ControlFlowDialect", "::mlir::arith::ArithDialect", "::mlir::scf::SCFDialect"];
}
#endif
