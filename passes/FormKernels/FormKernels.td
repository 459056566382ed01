// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_FORMKERNELS_TD
#define DLC_PASSES_FORMKERNELS_TD
include "mlir/Pass/PassBase.td"

def FormKernels : Pass<"form-kernels", "::dlc::dl::VariantOp"> {
  let summary = "fusion: gathers primitives into kernels with one root each";
  let description = [{
    Walks each function in program order and puts every op into the kernel that
    computes one of its operands, when the two share an iteration space and no
    value would have to leave the kernel and come back; otherwise a new kernel
    begins. Kernels with equal bodies are one kernel launched twice. Afterwards a
    function holds launches, views (`dl.reshape`), large constants and loops only.

    - A *root* (contraction, convolution, pooling, scatter) takes pointwise
      consumers of its result's extents as its epilogue.
    - A *nest* holds pointwise and movement ops over one domain, and reductions
      over one set of its axes: softmax, a normalisation, a loss with its
      gradient, an optimizer are one nest each.
    - Constants of one value, iota and extents are copied into every kernel that
      wants them.

    Runs after Decompose; each decision leaves a remark. Example:
    test/passes/FormKernels/example.mlir.
  }];
}
#endif
