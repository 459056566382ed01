// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_PLANMEMORY_H
#define DLC_PASSES_PLANMEMORY_H
#include "dialects/dl/Dl.h"
#include "mlir/Pass/Pass.h"
namespace dlc {
#define GEN_PASS_DECL
#include "passes/PlanMemory/PlanMemory.h.inc"

/// Turns extents into index arithmetic, given the values of named dimensions.
mlir::Value emitExtent(mlir::OpBuilder &builder, mlir::Location location, const dl::DimExpr &dim,
                       const std::map<std::string, mlir::Value> &names);
} // namespace dlc
#endif // DLC_PASSES_PLANMEMORY_H
