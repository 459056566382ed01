// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_EMITREMARKS_TD
#define DLC_PASSES_EMITREMARKS_TD
include "mlir/Pass/PassBase.td"

def EmitRemarks : Pass<"emit-remarks", "::mlir::ModuleOp"> {
  let summary = "say what passes have done and what they have not";
  let description = [{
    Takes the attribute `dl.remarks` off every op and hands what it holds to the
    context's remark engine, in the order of the source: the same input gives the
    same remarks in the same order, on any number of threads. What several
    variants say alike is said once, with their names.

    Runs at the end of each stage; `dlc-opt` adds it to every pipeline. Without a
    listener passes leave nothing, and this pass does nothing.
  }];
}

#endif // DLC_PASSES_EMITREMARKS_TD
