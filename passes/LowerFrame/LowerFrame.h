// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_LOWERFRAME_H
#define DLC_PASSES_LOWERFRAME_H
#include "dialects/dl/Dl.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Pass/Pass.h"
namespace dlc {
#define GEN_PASS_DECL
#include "passes/LowerFrame/LowerFrame.h.inc"
} // namespace dlc
#endif // DLC_PASSES_LOWERFRAME_H
