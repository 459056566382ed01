// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_EVALUATEPREPARE_TD
#define DLC_PASSES_EVALUATEPREPARE_TD
include "mlir/Pass/PassBase.td"

def EvaluatePrepare : Pass<"evaluate-prepare", "::mlir::ModuleOp"> {
  let summary = "makes constants of the library of all that depends on weights alone";
  let description = [{
    In a module with `dl.constant_weights` (--weights=constant), the reference
    evaluator runs the `@dl.prepare` of every variant. What it makes, and the
    weights that entries read as they are, become `dl.embedded`, each with its
    place in one block of data that the variants share: a filter that two of
    them lay out alike is there once. Entries find them by `dl.prepared`, which
    now is a place in that block. Parameters, slots, `@dl.prepare` and
    `@dl.initialise`, and the kernels that they alone launched, are gone; of
    the state that `dl.interface` lists nothing is left but seed and step.

    Other modules stay as they are.

    Runs once SplitPrepare has run in every variant: here, rather than in the
    library's own code, because the machine that compiles may be none that the
    library is for, and because an evaluator gives the same bytes on all. Before
    TileKernels, which has then less to do.
  }];
}
#endif
