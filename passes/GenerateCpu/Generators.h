// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One generator for each kind of root. Each fills in the body of a function
// whose arguments are set up in `Kernel`.
#ifndef DLC_PASSES_GENERATECPU_GENERATORS_H
#define DLC_PASSES_GENERATECPU_GENERATORS_H

#include "passes/GenerateCpu/Emitter.h"

namespace dlc {

/// A kernel under generation.
struct Kernel {
  Kernel(dl::KernelOp op, dl::ScheduleAttr schedule, Emitter &emit) : op(op), schedule(schedule), emit(emit) {}
  dl::KernelOp op;
  dl::ScheduleAttr schedule;
  Emitter &emit;
  llvm::DenseMap<mlir::Value, Buffer> inputs; // by block argument
  llvm::SmallVector<Buffer> outputs;          // by yielded value
  Buffer scratch;                             // bytes, `scratchBytes` for each worker
  dl::DimExpr scratchBytes; // 0 if it needs none

  mlir::Block &body() { return op.getBody().front(); }
  mlir::ValueRange yields() { return op.getBody().front().getTerminator()->getOperands(); }
  /// This worker's scratch from byte `offset` on, as `elements` of a type.
  Buffer scratchFor(mlir::Value worker, const dl::DimExpr &offset, mlir::Type elementType, llvm::ArrayRef<dl::DimExpr> dims);
};

/// Bytes of scratch one worker needs under this schedule: decided before the
/// body is emitted, because the function takes the scratch as an argument.
dl::DimExpr nestScratch(dl::KernelOp kernel);
dl::DimExpr contractScratch(dl::KernelOp kernel, dl::ScheduleAttr schedule);

/// Pointwise ops, movement and reductions over one domain.
void generateNest(Kernel &kernel);
/// A contraction and its epilogue.
mlir::LogicalResult generateContract(Kernel &kernel);

} // namespace dlc
#endif // DLC_PASSES_GENERATECPU_GENERATORS_H
