// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A kernel on its way to code, as every target's generators see it.
#ifndef DLC_PASSES_ELEMENTS_KERNELCODE_H
#define DLC_PASSES_ELEMENTS_KERNELCODE_H

#include "passes/Elements/Emitter.h"

namespace dlc {

struct KernelCode {
  KernelCode(dl::KernelOp op, dl::ScheduleAttr schedule, Emitter &emit) : op(op), schedule(schedule), emit(emit) {}
  dl::KernelOp op;
  dl::ScheduleAttr schedule;
  Emitter &emit;
  llvm::DenseMap<mlir::Value, Buffer> inputs; // by block argument
  llvm::SmallVector<Buffer> outputs;          // by yielded value

  mlir::Block &body() { return op.getBody().front(); }
  mlir::ValueRange yields() { return op.getBody().front().getTerminator()->getOperands(); }
};

/// Every dimension name that the kernel's extents use, sorted: each is an argument.
std::vector<std::string> namesOf(dl::KernelOp kernel);

/// For each result, the numbers of the arguments whose buffer it may overwrite:
/// of its extents and type, and read only at the element (or, by reductions, the
/// row) that is being written.
mlir::ArrayAttr inPlace(dl::KernelOp kernel, dl::DimAnalysis &dims);

/// So many ops follow the root that computing them once for each accumulator of a
/// large tile would multiply code.
bool hasLongEpilogue(dl::KernelOp kernel);

} // namespace dlc
#endif // DLC_PASSES_ELEMENTS_KERNELCODE_H
