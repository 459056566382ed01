// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the tools for compiler engineers know: our dialect and passes, and of
// upstream only what our pipelines use (everything would cost start-up time in
// each of many small tests).
#ifndef DLC_TOOLS_REGISTRY_H
#define DLC_TOOLS_REGISTRY_H

#include "mlir/IR/DialectRegistry.h"

namespace dlc {

/// Dialects of every stage, with what convert-to-llvm asks of them.
void registerDialectsForTools(mlir::DialectRegistry &registry);
/// Our passes, and upstream's conversions and canonicalisers.
void registerPassesForTools();

} // namespace dlc
#endif // DLC_TOOLS_REGISTRY_H
