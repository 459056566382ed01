// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_SPLITPREPARE_H
#define DLC_PASSES_SPLITPREPARE_H
#include "dialects/dl/Dl.h"
#include "mlir/Pass/Pass.h"
namespace dlc {
#define GEN_PASS_DECL
#include "passes/SplitPrepare/SplitPrepare.h.inc"

/// Whether what depends on parameters alone may be computed ahead of calls of
/// `function`: it writes no state.
bool canPrepare(mlir::func::FuncOp function);
/// Whether a value of such a function is the same in every call until the
/// parameters change. `known` remembers answers.
bool isPreparable(mlir::Value value, llvm::DenseMap<mlir::Value, bool> &known);
} // namespace dlc
#endif // DLC_PASSES_SPLITPREPARE_H
