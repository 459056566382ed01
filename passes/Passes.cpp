// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/Passes.h"
#include "mlir/Pass/PassRegistry.h"
#include "passes/PassIncludes.inc"

namespace dlc {
// CMake writes this from the folders that called dlc_pass().
#include "passes/PassRegistration.inc"

void registerDlcPasses() { registerEveryPass(); }
} // namespace dlc
