// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_COMPILER_IMPORT_TRAINING_OPTIMIZERS_H
#define DLC_COMPILER_IMPORT_TRAINING_OPTIMIZERS_H

#include "compiler/import/training/Training.h"
#include "dialects/dl/Dl.h"

namespace dlc {

/// An optimizer by name, its settings completed with their defaults.
struct Optimizer {
  std::string name;
  std::vector<std::string> slots; // names of the state it keeps for each parameter: "m", "v"
  double learningRate, weightDecay, momentum;

  /// Nothing when there is no optimizer of that name.
  static std::optional<Optimizer> find(const TrainingOptions &options);
  /// Adds the slots of `parameter` to the module, after it, and at the builder's
  /// place the ops that read, update and write it.
  void update(mlir::OpBuilder &builder, dl::ParameterOp parameter, mlir::Value gradient, mlir::Value rate,
              mlir::Value step, mlir::SymbolTable &symbols) const;
};

} // namespace dlc
#endif // DLC_COMPILER_IMPORT_TRAINING_OPTIMIZERS_H
