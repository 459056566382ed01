// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_EXPLAINFOLDING_TD
#define DLC_PASSES_EXPLAINFOLDING_TD
include "mlir/Pass/PassBase.td"

def ExplainFolding : Pass<"explain-folding", "::dlc::dl::VariantOp"> {
  let summary = "says what was not folded because constants would be too large";
  let description = [{
    Canonicalisation evaluates ops whose operands are constants, as long as none
    of these, nor the result, has more bytes than the module's `dl.fold_limit`
    (`--fold-limit`, by default 8192). This pass leaves a missed remark of
    category `folding` for each op that the limit alone has kept:

    ```
    m.mlir:9:8: remark: [Missed] NotFolded | ... | Remark="dl.add of constants is kept: one has 16 bytes, --fold-limit is 15"
    ```

    Changes nothing. Runs after canonicalisation, before FormKernels moves ops
    into kernels. Example: test/passes/ExplainFolding/says_what_was_kept.mlir.
  }];
}
#endif
