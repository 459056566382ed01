// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_EMITREMARKS_H
#define DLC_PASSES_EMITREMARKS_H

#include "mlir/Pass/Pass.h"

namespace dlc {
#define GEN_PASS_DECL
#include "passes/EmitRemarks/EmitRemarks.h.inc"
} // namespace dlc

#endif // DLC_PASSES_EMITREMARKS_H
