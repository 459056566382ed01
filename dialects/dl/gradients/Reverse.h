// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reverse-mode differentiation of straight-line code, op by op.
#ifndef DLC_DIALECTS_DL_GRADIENTS_REVERSE_H
#define DLC_DIALECTS_DL_GRADIENTS_REVERSE_H

#include "dialects/dl/DlBuilder.h"
#include "llvm/ADT/DenseSet.h"

namespace dlc::dl {

/// `value` with exactly type `type`, which is known to fit: static extents and
/// `?` are exchanged by a reshape that moves nothing.
mlir::Value retype(DlBuilder &b, mlir::Value value, mlir::Type type);

/// Propagates cotangents through the ops of one block, from the last to the
/// first. What does not depend on an active value costs nothing: its ops are
/// never asked for a gradient.
///
/// Use: activate what gradients are wanted of, `findActive` the block's ops,
/// seed the loss with `add`, `run`, read `of`. Every op that is active and
/// receives a cotangent must have a gradient or a decomposition: see `lacksGradient`.
class Reverse {
public:
  /// New ops are built where `b` inserts, which must be after everything that is differentiated.
  explicit Reverse(DlBuilder &b) : b(b) {}

  /// Marks a value of floats as depending on what gradients are wanted of.
  void activate(mlir::Value value);
  bool isActive(mlir::Value value) const { return active.contains(value); }
  /// Marks results of ops that use active values, in program order.
  void findActive(llvm::ArrayRef<mlir::Operation *> ops);

  /// Adds a cotangent, summed to the extents of `value` if it broadcast.
  void add(mlir::Value value, mlir::Value cotangent);
  /// What has arrived at a value; null if nothing has.
  mlir::Value of(mlir::Value value) const { return cotangents.lookup(value); }

  /// Sends cotangents through `ops` (given in program order). A composite
  /// without a gradient of its own is decomposed beside itself: the op stays
  /// for the forward pass, and what only the decomposition added stays
  /// where the gradient uses it.
  void run(llvm::ArrayRef<mlir::Operation *> ops);

private:
  void runComposite(mlir::Operation *op, mlir::ValueRange arrived);

  DlBuilder &b;
  llvm::DenseSet<mlir::Value> active;
  llvm::DenseMap<mlir::Value, mlir::Value> cotangents;
};

/// The ops of a block without its terminator.
llvm::SmallVector<mlir::Operation *> opsOf(mlir::Block &block);
/// True for an op that neither has a gradient nor means what it decomposes into.
bool lacksGradient(mlir::Operation *op);

} // namespace dlc::dl
#endif // DLC_DIALECTS_DL_GRADIENTS_REVERSE_H
