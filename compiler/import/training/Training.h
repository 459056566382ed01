// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Training for a model that only predicts: `--train`.
#ifndef DLC_COMPILER_IMPORT_TRAINING_TRAINING_H
#define DLC_COMPILER_IMPORT_TRAINING_TRAINING_H

#include "mlir/IR/BuiltinOps.h"
#include <optional>
#include <string>
#include <vector>

namespace dlc {

struct TrainingOptions {
  /// cross_entropy (labels are class numbers), cross_entropy_dense (labels are
  /// distributions), bce or mse; `NAME:OUTPUT` for a model of several outputs.
  std::string loss;
  /// sgd, momentum, adam or adamw.
  std::string optimizer = "adam";
  /// Globs over parameter names: what matches stays as it is.
  std::vector<std::string> freeze;
  /// The default of the argument `learning_rate`; 1e-3, for sgd and momentum 1e-2.
  std::optional<double> learningRate;
  /// 0; for adamw 1e-2.
  std::optional<double> weightDecay;
  /// Of momentum: 0.9.
  std::optional<double> momentum;
};

/// The parameters that `--train` would train, in the order of the module:
/// floats that are not frozen, not matched by `freeze`, and read by `@predict`.
std::vector<std::string> trainedParameters(mlir::ModuleOp module, const std::vector<std::string> &freeze);

/// Adds `@train_step` and `@evaluate` beside `@predict`. Both take the
/// arguments of `@predict` and `label`; `@train_step` also the hyper-parameter
/// `learning_rate`, and returns `loss`, the mean over the rows present.
/// `@evaluate` returns the sums `loss` and, for classifiers, `hits`. While
/// training, dropout is on and batch normalization uses (and moves) the batch's
/// statistics wherever its scale is trained. A softmax or sigmoid before the loss
/// is left out, which is said in a warning. Errors are at the module.
mlir::LogicalResult addTraining(mlir::ModuleOp module, const TrainingOptions &options);

} // namespace dlc
#endif // DLC_COMPILER_IMPORT_TRAINING_TRAINING_H
