// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the prepare functions of several variants compute, each value once.
#ifndef DLC_PASSES_EVALUATEPREPARE_EVALUATING_H
#define DLC_PASSES_EVALUATEPREPARE_EVALUATING_H

#include "dialects/dl/evaluate/Evaluator.h"
#include "passes/EvaluatePrepare/Moving.h"
#include "llvm/ADT/StringMap.h"

namespace dlc {

/// The elements that `state`, a parameter or slot, is declared with: zeros and
/// ones as a splat. A value that is drawn is an error that names the symbol.
mlir::FailureOr<mlir::ElementsAttr> declaredValue(mlir::Operation *state);

class Evaluating {
public:
  explicit Evaluating(mlir::ModuleOp module) : module(module) {}

  /// A number for what `value`, of some variant's prepare function, is: equal
  /// for values that the same ops compute from the same weights.
  unsigned number(mlir::Value value);
  /// The same for a weight as it is declared.
  unsigned number(llvm::StringRef symbol);

  /// Computes the `wanted` values of `prepare`, in an order that depends on the
  /// module alone, and gives each to `take` as it is there.
  mlir::LogicalResult run(mlir::func::FuncOp prepare, llvm::ArrayRef<mlir::Value> wanted,
                          llvm::function_ref<void(mlir::Value, const Bytes &)> take);

private:
  unsigned intern(const llvm::Twine &text);

  mlir::ModuleOp module;
  llvm::StringMap<unsigned> numbers;
  llvm::DenseMap<mlir::Value, unsigned> known;
  llvm::DenseMap<mlir::Operation *, unsigned> kernels; // by their text
};

} // namespace dlc
#endif // DLC_PASSES_EVALUATEPREPARE_EVALUATING_H
