// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_SPLITPREPARE_TD
#define DLC_PASSES_SPLITPREPARE_TD
include "mlir/Pass/PassBase.td"

def SplitPrepare : Pass<"split-prepare", "::dlc::dl::VariantOp"> {
  let summary = "moves what depends on parameters alone into a function that runs when they change";
  let description = [{
    In entries that write no state, launches whose inputs are parameters, slots,
    constants or other such launches (a filter laid out for the kernels, a batch
    normalisation's factor) move into `@dl.prepare`. Its results, each with the
    attribute `dl.prepared = offset`, form the variant's prepared block
    (`dl.prepared_bytes`), which the runtime renews at create, load and publish
    and before the first call after a training step. The entry gets them as
    arguments with the same attribute. Equal launches of several entries are
    prepared once.

    Entries that write state keep everything: their parameters change with every
    call. Runs after FormKernels, which keeps such launches apart.
  }];
}
#endif
