// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What rule files share. Each file ends in the table of its family.
#ifndef DLC_COMPILER_IMPORT_ONNX_RULES_H
#define DLC_COMPILER_IMPORT_ONNX_RULES_H

#include "compiler/import/onnx/Importer.h"
#include "dialects/dl/Dl.h"

namespace dlc::onnx {

inline constexpr unsigned anyNumber = ~0u;

llvm::ArrayRef<OpRule> pointwiseRules();
llvm::ArrayRef<OpRule> reductionRules();
llvm::ArrayRef<OpRule> movementRules();
llvm::ArrayRef<OpRule> selectionRules();
llvm::ArrayRef<OpRule> creationRules();
llvm::ArrayRef<OpRule> contractionRules();
llvm::ArrayRef<OpRule> convolutionRules();
llvm::ArrayRef<OpRule> normalizationRules();
llvm::ArrayRef<OpRule> controlRules();

using Fold = std::optional<dl::DimExpr> (*)(const dl::DimExpr &, const dl::DimExpr &);
/// Folds inputs i and i + 1 as shape arithmetic; false when they are data.
bool foldBinary(NodeImport &n, Fold fold, mlir::Type elementType = {});

/// The extents of input 0, as a tensor or shape arithmetic.
dl::DimVector extentsOfInput(NodeImport &n);

/// (x - mean) / sqrt(variance + epsilon) over `axes`.
mlir::Value standardise(NodeImport &n, mlir::Value x, llvm::ArrayRef<int64_t> axes, double epsilon);
mlir::Value reduceMean(NodeImport &n, mlir::Value x, llvm::ArrayRef<int64_t> axes, bool keep);

} // namespace dlc::onnx
#endif // DLC_COMPILER_IMPORT_ONNX_RULES_H
