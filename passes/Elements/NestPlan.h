// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a kernel without a root consists of: the domain it runs over, and its
// reductions in the order in which they can be made.
#ifndef DLC_PASSES_ELEMENTS_NESTPLAN_H
#define DLC_PASSES_ELEMENTS_NESTPLAN_H

#include "passes/Elements/KernelCode.h"

namespace dlc {

struct NestPlan {
  explicit NestPlan(dl::KernelOp kernel);

  dl::DimVector domain;
  llvm::SmallVector<int64_t> reduced;                             // sorted
  llvm::SmallVector<llvm::SmallVector<mlir::Operation *>> phases; // reductions by level
  llvm::SmallVector<mlir::Operation *> kept;                      // expensive values wanted in more than one phase
  llvm::DenseMap<mlir::Operation *, unsigned> levelOf;            // of every op: phases that must have run before

  bool folds(int64_t axis) const { return llvm::is_contained(reduced, axis); }
  /// Elements of the reduced axes for one place of the kept ones.
  dl::DimExpr rowLength() const {
    dl::DimExpr length(1);
    for (int64_t axis : reduced)
      length = length * domain[axis];
    return length;
  }
  /// Whether no result has the whole domain's extents.
  bool keepsNothingWhole(dl::KernelOp kernel) const;
  bool lanesReduced() const { return !domain.empty() && folds(domain.size() - 1); }

private:
  void widenDomain(llvm::ArrayRef<dl::DimExpr> dims);
};

/// What changes nothing when a reduction combines it; `type` is a scalar or a vector.
mlir::Value emitIdentity(Emitter &emit, mlir::Operation *op, mlir::Type type);
/// One step of a reduction.
mlir::Value emitCombine(Emitter &emit, mlir::Operation *op, mlir::Value total, mlir::Value value);

} // namespace dlc
#endif // DLC_PASSES_ELEMENTS_NESTPLAN_H
