// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The reference evaluator: what a model means, computed plainly on the host.
#ifndef DLC_DIALECTS_DL_EVALUATE_EVALUATOR_H
#define DLC_DIALECTS_DL_EVALUATE_EVALUATOR_H

#include "dialects/dl/Dl.h"
#include <array>
#include <cstdint>
#include <map>
#include <vector>

namespace dlc::dl {

/// Rounds a double to a float type: nearest, ties to even.
double roundTo(mlir::Type type, double value);
/// Wraps an integer to the width of an integer type.
int64_t wrapTo(mlir::Type type, int64_t value);

/// Philox4x32-10 (Salmon et al. 2011), as dl's random ops use it.
std::array<uint32_t, 4> philox(uint64_t seed, uint64_t block, uint32_t stream, uint32_t step);

/// Executes dl functions. State symbols, seed and step are members: reads and
/// writes in program order. Named dimensions are bound from the arguments.
class Evaluator {
public:
  explicit Evaluator(mlir::ModuleOp module) : module(module) {}

  /// Values of parameters and slots by symbol; `initialise` fills them.
  std::map<std::string, Tensor> state;
  int64_t seed = 0, step = 0;
  /// Values of named dimensions.
  std::map<std::string, int64_t> dims;

  /// Gives every parameter and slot its initial value for `seed`.
  mlir::LogicalResult initialise();
  /// Calls a function by name. Errors (data out of range, extents that do not
  /// fit) are diagnostics at the op.
  mlir::FailureOr<std::vector<Tensor>> call(llvm::StringRef function, llvm::ArrayRef<Tensor> arguments);
  /// Executes a block for the values of its arguments; returns what its terminator yields.
  mlir::FailureOr<llvm::SmallVector<Tensor>> run(mlir::Block &block, llvm::ArrayRef<const Tensor *> arguments);
  /// Extents of a `dims` attribute under the present binding.
  mlir::FailureOr<llvm::SmallVector<int64_t>> extents(mlir::Operation *op, mlir::ArrayAttr attr);

private:
  mlir::ModuleOp module;
};

} // namespace dlc::dl
#endif // DLC_DIALECTS_DL_EVALUATE_EVALUATOR_H
