// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_EXPLAINFOLDING_H
#define DLC_PASSES_EXPLAINFOLDING_H
#include "dialects/dl/Dl.h"
#include "mlir/Pass/Pass.h"
namespace dlc {
#define GEN_PASS_DECL
#include "passes/ExplainFolding/ExplainFolding.h.inc"
} // namespace dlc
#endif // DLC_PASSES_EXPLAINFOLDING_H
