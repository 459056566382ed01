// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each check in a process of its own: a crash is one function's failure.
#ifndef DLC_TOOLS_VERIFY_ISOLATE_H
#define DLC_TOOLS_VERIFY_ISOLATE_H

#include "tools/dlc-verify/Check.h"

namespace dlc {

/// Checks the entries named, in few processes: 64 at once, and where that fails or crashes, each half again. A function
/// that does not compile, crashes or takes more than two minutes fails alone.
std::vector<Outcome> checkIsolated(mlir::ModuleOp module, llvm::ArrayRef<std::string> functions,
                                   const Request &request);

} // namespace dlc
#endif // DLC_TOOLS_VERIFY_ISOLATE_H
