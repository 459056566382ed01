// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ops that only move elements, on bytes: most of what is prepared is packing,
// and the evaluator makes a double of every element.
#ifndef DLC_PASSES_EVALUATEPREPARE_MOVING_H
#define DLC_PASSES_EVALUATEPREPARE_MOVING_H

#include "dialects/dl/Dl.h"
#include "mlir/IR/AsmState.h"
#include <memory>

namespace dlc {

/// A tensor as it lies in memory, row-major, i1 one byte an element.
struct Bytes {
  mlir::RankedTensorType type;
  llvm::ArrayRef<char> data;
  std::shared_ptr<mlir::AsmResourceBlob> owner; // null: a weight's, which outlives the pass

  /// Room for a tensor of static `type`; its bytes are what `write` gets.
  static Bytes allocate(mlir::RankedTensorType type, llvm::function_ref<void(char *)> write);
};

/// The result of `op`, a transposition, reshape, slice, reversal or (un)packing
/// of `input`, or of a launch of a kernel that does nothing else; nothing for
/// other ops. Elements are not looked at: NaNs keep their bits.
std::optional<Bytes> moved(mlir::Operation *op, llvm::ArrayRef<Bytes> inputs);

} // namespace dlc
#endif // DLC_PASSES_EVALUATEPREPARE_MOVING_H
