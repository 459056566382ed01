// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One generator for each kind of root. Each fills in the body of a function
// whose arguments are set up in `Kernel`.
#ifndef DLC_PASSES_GENERATECPU_GENERATORS_H
#define DLC_PASSES_GENERATECPU_GENERATORS_H

#include "passes/Elements/KernelCode.h"

namespace dlc {

/// A kernel under generation.
struct Kernel : KernelCode {
  using KernelCode::KernelCode;
  Buffer scratch;                        // `sharedBytes` once, then `scratchBytes` for each worker
  dl::DimExpr sharedBytes, scratchBytes; // multiples of 64; 0 if it needs none

  /// This worker's scratch from byte `offset` on, as a tensor; without a worker, the shared scratch.
  Buffer scratchFor(mlir::Value worker, const dl::DimExpr &offset, mlir::Type elementType,
                    llvm::ArrayRef<dl::DimExpr> dims);
};

/// Bytes of scratch one worker needs under this schedule: decided before the
/// body is emitted, because the function takes the scratch as an argument.
dl::DimExpr nestScratch(dl::KernelOp kernel);
dl::DimExpr contractShared(dl::KernelOp kernel, dl::ScheduleAttr schedule);
dl::DimExpr contractScratch(dl::KernelOp kernel, dl::ScheduleAttr schedule);
/// Rounds up to whole cache lines.
inline dl::DimExpr lines(const dl::DimExpr &bytes) { return bytes.ceilDiv(64) * dl::DimExpr(64); }

/// Whether the generators can obey the kernel's schedule, which it has; an error
/// says which field they cannot, and what they expect.
mlir::LogicalResult checkSchedule(dl::KernelOp kernel, dl::TargetAttr target);

/// Pointwise ops, movement and reductions over one domain.
void generateNest(Kernel &kernel);
/// A contraction and its epilogue.
mlir::LogicalResult generateContract(Kernel &kernel);

// Generators of other roots, named as their schedules are. They set the scratch
// they need before they use it.
/// conv or conv_input_grad, channels last, with its epilogue.
mlir::LogicalResult generateConvolution(Kernel &kernel, mlir::Operation *root);
/// conv_filter_grad, channels last, with its epilogue.
mlir::LogicalResult generateFilterGradient(Kernel &kernel, mlir::Operation *root);
/// max_pool, max_pool_grad, max_pool_pick, sum_pool or sum_pool_grad, channels
/// last, with its epilogue.
mlir::LogicalResult generatePooling(Kernel &kernel, mlir::Operation *root);
/// scatter_add.
mlir::LogicalResult generateScatter(Kernel &kernel, mlir::Operation *root);
/// cumsum.
mlir::LogicalResult generateCumsum(Kernel &kernel, mlir::Operation *root);

} // namespace dlc
#endif // DLC_PASSES_GENERATECPU_GENERATORS_H
