// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The reference evaluator: what a model means, computed plainly on the host.
#ifndef DLC_DIALECTS_DL_EVALUATE_EVALUATOR_H
#define DLC_DIALECTS_DL_EVALUATE_EVALUATOR_H

#include "dialects/dl/Dl.h"
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

namespace dlc::dl {

/// Rounds a double to a float type: nearest, ties to even.
double roundTo(mlir::Type type, double value);
/// Wraps an integer to the width of an integer type.
int64_t wrapTo(mlir::Type type, int64_t value);

/// Philox4x32-10 (Salmon et al. 2011), as dl's random ops use it.
std::array<uint32_t, 4> philox(uint64_t seed, uint64_t block, uint32_t stream, uint32_t step);

/// Executes dl functions, before and after any of the stages dl and kernels.
/// Keep the IR unchanged while an evaluator lives: it remembers decompositions.
class Evaluator {
public:
  explicit Evaluator(mlir::ModuleOp module);
  ~Evaluator();

  /// Values of parameters and slots by symbol; `initialise` fills them.
  std::map<std::string, Tensor> state;
  int64_t seed = 0, step = 0;
  /// How many tensors a call rounded to 16 bits, and the sum over them of one unit
  /// in the last place of the largest element: what an error bound is made of.
  /// `call` starts anew.
  struct Rounded {
    int64_t count = 0;
    double error = 0;
  } rounded;
  /// Values of named dimensions: bound by `call` from the arguments.
  std::map<std::string, int64_t> dims;

  /// Gives every parameter and slot its initial value for `seed`; step becomes 0.
  mlir::LogicalResult initialise();
  /// Calls a function by name (`variant::function` for one of a dl.variant).
  /// State is read and written in program order; a call that writes it
  /// advances `step`. Where ThreadState has made state arguments of it, they
  /// may be left out: they come from the members, which take the new values,
  /// and only the user's results are returned. Errors (data out of range,
  /// extents that do not fit) are diagnostics at the op; then no state changes.
  /// Likewise what `dl.prepare` makes, and what `dl.embedded` says.
  mlir::FailureOr<std::vector<Tensor>> call(llvm::StringRef function, llvm::ArrayRef<Tensor> arguments);
  /// Whether passes added an argument, and `call` fills it in.
  static bool isAdded(mlir::func::FuncOp function, unsigned argument);
  /// Executes a block for the values of its arguments; returns what its terminator yields.
  mlir::FailureOr<llvm::SmallVector<Tensor>> run(mlir::Block &block, llvm::ArrayRef<const Tensor *> arguments);
  /// Executes one op for the values of its operands.
  mlir::FailureOr<llvm::SmallVector<Tensor>> execute(mlir::Operation *op, llvm::ArrayRef<const Tensor *> operands);
  /// Steps that evaluation may take since `renewBudget`: one for each element
  /// read or written and each product added up. Beyond it `charge` fails with a
  /// diagnostic on `op`, so that a large model ends in words and not in hours.
  int64_t budget = std::numeric_limits<int64_t>::max();
  void renewBudget() { spent = 0; }
  bool exhausted() const { return spent > budget; }
  mlir::LogicalResult charge(mlir::Operation *op, int64_t steps);
  /// Extents of a `dims` attribute under the present binding.
  mlir::FailureOr<llvm::SmallVector<int64_t>> extents(mlir::Operation *op, mlir::ArrayAttr attr);
  /// Whether ops within `op` get the extents that they ask for under the present
  /// binding, without executing them; failure is reported.
  mlir::LogicalResult checkExtents(mlir::Operation *op);
  /// Extents of a value from its definition, under the present binding.
  mlir::FailureOr<llvm::SmallVector<int64_t>> inferredExtents(mlir::Value value);

private:
  struct Scratch;
  mlir::FailureOr<llvm::SmallVector<Tensor>> invoke(mlir::func::FuncOp function,
                                                    llvm::ArrayRef<const Tensor *> arguments);
  mlir::FailureOr<llvm::SmallVector<Tensor>> decomposed(CompositeOpInterface op,
                                                        llvm::ArrayRef<const Tensor *> operands);
  mlir::FailureOr<Tensor> initialValue(mlir::Operation *op, mlir::Type type, mlir::Attribute value);
  mlir::FailureOr<std::map<int64_t, Tensor>> prepare(mlir::func::FuncOp function); // by place in the prepared block
  mlir::LogicalResult bind(mlir::func::FuncOp function, llvm::ArrayRef<const Tensor *> arguments);

  mlir::ModuleOp module;
  DimAnalysis analysis;
  std::unique_ptr<Scratch> scratch;
  int64_t spent = 0;
  unsigned depth = 0;
  bool wrote = false;
};

} // namespace dlc::dl
#endif // DLC_DIALECTS_DL_EVALUATE_EVALUATOR_H
