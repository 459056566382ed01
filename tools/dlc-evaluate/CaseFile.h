// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the tools that run a file of functions have in common.
#ifndef DLC_TOOLS_EVALUATE_CASEFILE_H
#define DLC_TOOLS_EVALUATE_CASEFILE_H

#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// Parses a file of dl (`-`: standard input) and hands the module to `run`; the
/// exit code. With `verifyDiagnostics` an error may be what is expected: the
/// file's `expected-error` comments judge.
int runOnFile(const std::string &path, bool verifyDiagnostics,
              llvm::function_ref<mlir::LogicalResult(mlir::ModuleOp)> run);

} // namespace dlc
#endif // DLC_TOOLS_EVALUATE_CASEFILE_H
