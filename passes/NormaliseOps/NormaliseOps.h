// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_NORMALISEOPS_H
#define DLC_PASSES_NORMALISEOPS_H
#include "dialects/dl/DlBuilder.h"
#include "mlir/Pass/Pass.h"
namespace dlc {
#define GEN_PASS_DECL
#include "passes/NormaliseOps/NormaliseOps.h.inc"

/// The contraction in normal form, or null if it is already.
mlir::Value normalContract(dl::ContractOp op, dl::DlBuilder &b);
/// An argmax or argmin as reductions.
mlir::Value expandArgReduce(mlir::Operation *op, dl::DlBuilder &b);
} // namespace dlc
#endif // DLC_PASSES_NORMALISEOPS_H
