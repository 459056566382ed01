// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Compiled functions beside the reference evaluator.
#ifndef DLC_TOOLS_VERIFY_CHECK_H
#define DLC_TOOLS_VERIFY_CHECK_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "tools/dlc-verify/Runs.h"

namespace dlc {

/// What became of one function: empty `difference` when all agreed.
struct Outcome {
  std::string function, difference;
  size_t calls = 0;
};

/// Compiles the module and checks every entry function of it, in every variant
/// this machine runs and with every number of threads, which must agree bit for
/// bit among themselves. Failure, after a diagnostic, when it does not compile.
mlir::FailureOr<std::vector<Outcome>> check(mlir::ModuleOp module, const Request &request);

/// Why `given` is not `expected` within what the element type allows for sums
/// of terms up to `scale`, `ulps` more and what was rounded to 16 bits on the
/// way; nothing when it is. README.md derives the bounds.
std::optional<std::string> differenceOf(const dl::Tensor &expected, const dl::Tensor &given, double scale, int64_t ulps,
                                        const dl::Evaluator::Rounded &rounded);

} // namespace dlc
#endif // DLC_TOOLS_VERIFY_CHECK_H
