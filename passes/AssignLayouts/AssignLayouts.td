// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_ASSIGNLAYOUTS_TD
#define DLC_PASSES_ASSIGNLAYOUTS_TD
include "mlir/Pass/PassBase.td"

def AssignLayouts : Pass<"assign-layouts", "::dlc::dl::VariantOp"> {
  let summary = "puts channels last where convolutions and pooling want them";
  let description = [{
    Every convolution and pooling op gets `channels_last`, with its activations
    as [N, spatial..., C] and its filter as [spatial..., I, O]. Their results stay
    in that order as long as what follows can live with it: pointwise ops,
    reductions, concat, slice, pad and reverse are rewritten to the new order;
    a vector of one value a channel, [C, 1, 1], becomes [C]. Whatever else reads
    such a result meets a transpose, as do filters and inputs of the model; a
    transpose that moves only axes of extent 1 is a reshape.

    Runs after Decompose, when all ops are primitives, and before FormKernels,
    which fuses what this pass has put into one order.
    Example: test/passes/AssignLayouts/example.mlir.
  }];
}
#endif
