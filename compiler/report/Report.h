// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What `--report` tells: kernels, their costs and the plan of memory, read from
// a module after stage loops that was asked to keep them (`dl.report`).
#ifndef DLC_COMPILER_REPORT_REPORT_H
#define DLC_COMPILER_REPORT_REPORT_H

#include "mlir/IR/BuiltinOps.h"
#include <string>

namespace dlc {

/// The report as JSON, as compiler/report/README.md documents it. `model` and
/// `compiler` are told in it. Failure after a diagnostic when the module has no
/// interface.
mlir::FailureOr<std::string> writeReport(mlir::ModuleOp module, llvm::StringRef model, llvm::StringRef compiler);

} // namespace dlc
#endif // DLC_COMPILER_REPORT_REPORT_H
