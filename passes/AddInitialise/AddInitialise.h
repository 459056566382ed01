// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_ADDINITIALISE_ADDINITIALISE_H
#define DLC_PASSES_ADDINITIALISE_ADDINITIALISE_H
#include "dialects/dl/Dl.h"
#include "mlir/Pass/Pass.h"

namespace dlc {
#define GEN_PASS_DECL
#include "passes/AddInitialise/AddInitialise.h.inc"
} // namespace dlc

#endif // DLC_PASSES_ADDINITIALISE_ADDINITIALISE_H
