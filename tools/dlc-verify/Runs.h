// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is called, with what, and what the reference evaluator says to it.
#ifndef DLC_TOOLS_VERIFY_RUNS_H
#define DLC_TOOLS_VERIFY_RUNS_H

#include "dialects/dl/evaluate/Evaluator.h"
#include "tools/dlc-verify/Compiled.h"
#include <map>
#include <optional>

namespace dlc {

/// Element values of each named dimension to try; a dimension without an entry
/// has `any`.
struct Extents {
  std::map<std::string, std::vector<int64_t>> of;
  std::vector<int64_t> any = {3, 0, 1, 17};
  const std::vector<int64_t> &operator[](const std::string &name) const {
    auto found = of.find(name);
    return found == of.end() ? any : found->second;
  }
};

struct Request {
  std::vector<std::string> cpus;
  std::vector<int> threads = {1, 2};
  Extents extents;
  uint64_t seed = 0;
  bool special = false;     // NaN, infinities, -0 and subnormals among the inputs
  bool differences = false; // gradients against central differences instead (see Differences.h)
};

/// One call of a function and what must come of it.
struct Run {
  std::vector<dl::Tensor> inputs;
  /// None: the call must fail.
  std::optional<std::vector<dl::Tensor>> expected;
  int64_t ulps = 0;          // allowed besides the tolerance of the type
  std::vector<int64_t> dims; // one for each of the model
  dl::Evaluator::Rounded rounded;
};

/// The calls to make of a function, in order: the case in its attributes, or
/// random inputs for several dimensions. What the evaluator refuses the compiled
/// function refuses too. `evaluator` keeps the state between them.
mlir::FailureOr<std::vector<Run>> runsOf(mlir::func::FuncOp function, const Compiled &compiled,
                                         dl::Evaluator &evaluator, const Request &request);

/// The dimensions of the model as the inputs have them; those the function does
/// not use are their smallest.
std::vector<int64_t> dimsOf(const dlc_model &model, const dlc_function &function,
                            const std::vector<dl::Tensor> &inputs);

} // namespace dlc
#endif // DLC_TOOLS_VERIFY_RUNS_H
