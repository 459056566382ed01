// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_DESCRIBEKERNELS_TD
#define DLC_PASSES_DESCRIBEKERNELS_TD
include "mlir/Pass/PassBase.td"

def DescribeKernels : Pass<"describe-kernels", "::dlc::dl::VariantOp"> {
  let summary = "writes down what each kernel computes and moves, in the user's names";
  let description = [{
    Gives every kernel of a module that has the attribute `dl.report` the
    attribute `dl.facts`, from which `--report` is made:

    - `ops`: what is fused, in order, as pairs of op and the user's node
      (an ONNX node's name, or file and line);
    - `flops`: operations on floating-point numbers. A multiply-add is two, every
      other pointwise op and every element that is folded one, a function such as
      exp also one; casts, comparisons, selections and movement are none;
    - `read`, `written`: bytes of the operands and results, each once. Of what is
      sliced or gathered only, the bytes that are taken;
    - `kept`: bytes of the values between the fused ops, which never leave registers.

    Amounts are integers or expressions over named dimensions. Runs after
    TileKernels; the generators carry the attribute to the kernel's function.
  }];
}
#endif
