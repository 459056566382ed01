// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_NORMALISEOPS_TD
#define DLC_PASSES_NORMALISEOPS_TD
include "mlir/Pass/PassBase.td"

def NormaliseOps : Pass<"normalise-ops", "::dlc::dl::VariantOp"> {
  let summary = "gives primitives the one form that generators take";
  let description = [{
    - `dl.contract`: at most one batch axis, first on both sides; one free and one
      contracting axis on each side, in either order. Groups of axes that lie
      together become one by a reshape, others by a transpose first.
    - A right-hand side that depends on parameters alone, in an entry that writes
      no state, is packed into panels (`dl.pack`), which SplitPrepare moves out.
    - `dl.argmax`, `dl.argmin`: the smallest index whose element equals the
      extremum or is NaN, which fuses like any reduction:
      `reduce_min(select(x == reduce_max(x) or x != x, iota, extent))`.
    - Reshapes to more axes move behind pointwise ops, so that these join the
      contraction they follow.

    Runs after Decompose, before FormKernels.
  }];
}
#endif
