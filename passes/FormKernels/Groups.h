// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which ops of a block become one kernel.
#ifndef DLC_PASSES_FORMKERNELS_GROUPS_H
#define DLC_PASSES_FORMKERNELS_GROUPS_H

#include "passes/FormKernels/FormKernels.h"

namespace dlc {

/// An op that reads what another kernel computes, and why it is not in that kernel.
struct Apart {
  mlir::Operation *op, *producer;
  llvm::StringRef why;
};

struct Group {
  llvm::SmallVector<mlir::Operation *> ops; // program order
  mlir::Operation *root = nullptr;          // null: a nest
  dl::DimVector domain;                     // extents of the iteration space
  llvm::SmallVector<int64_t> reduced;       // axes of `domain` that reductions fold
  bool hasMoves = false;                    // a transpose, slice, ... : axes are not alike
};

/// The groups of `block` in an order in which they can run. Leaves, views and
/// other ops belong to none. `apart`, if given, is told of every op that begins
/// a group although a group computes one of its operands.
std::vector<Group> formGroups(mlir::Block &block, dl::DimAnalysis &dims, std::vector<Apart> *apart = nullptr);

} // namespace dlc
#endif // DLC_PASSES_FORMKERNELS_GROUPS_H
