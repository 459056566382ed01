// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_FORMKERNELS_H
#define DLC_PASSES_FORMKERNELS_H
#include "dialects/dl/Dl.h"
#include "mlir/Pass/Pass.h"
namespace dlc {
#define GEN_PASS_DECL
#include "passes/FormKernels/FormKernels.h.inc"

/// What part an op plays in a kernel.
enum class Part {
  View,      // no code: another shape of the same bytes
  Leaf,      // copied into every kernel that reads it
  Pointwise, // one element of the result from one element of each operand
  Move,      // one element of the result from one element of some operand, elsewhere
  Reduce,    // folds axes
  Root,      // a loop nest of its own
  Other,     // stays in the function: loops, large constants, terminators
};
Part partOf(mlir::Operation *op);

/// What unpacks a filter that was packed ahead (reshape of unpack), if it was.
dl::UnpackOp packedFilterOf(mlir::Value filter);

/// Reduces a kernel's axes: neighbours that every value of the body treats alike
/// become one. The launch's operands and results are reshaped to match.
void collapseAxes(dl::KernelOp kernel, dl::LaunchOp launch);
} // namespace dlc
#endif // DLC_PASSES_FORMKERNELS_H
