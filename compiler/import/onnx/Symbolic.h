// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Small integer tensors whose elements are known as expressions over named
// dimensions: what exporters compute shapes with.
#ifndef DLC_COMPILER_IMPORT_ONNX_SYMBOLIC_H
#define DLC_COMPILER_IMPORT_ONNX_SYMBOLIC_H

#include "dialects/dl/Dims.h"
#include <optional>

namespace dlc::onnx {

/// A tensor of i64, i32 or i1 by its elements, row-major.
struct Symbolic {
  /// Larger tensors are data, not shapes.
  static constexpr int64_t maxElements = 1024;

  mlir::Type elementType;
  llvm::SmallVector<int64_t> shape;
  std::vector<dl::DimExpr> elements;

  bool isConstant() const {
    return llvm::all_of(elements, [](const dl::DimExpr &e) { return e.isConstant(); });
  }
};

/// True when `expr` is at least 0 whatever its dimensions are. May not know.
bool isNonNegative(const dl::DimExpr &expr);

/// Whether a equals b, and whether a < b, for all dimensions; nothing when it depends.
std::optional<bool> equal(const dl::DimExpr &a, const dl::DimExpr &b);
std::optional<bool> less(const dl::DimExpr &a, const dl::DimExpr &b);

/// a + b and so on as the element type computes them; nothing when there is no
/// such expression (a divisor that may be 0, a sign that is not known).
std::optional<dl::DimExpr> foldSum(const dl::DimExpr &a, const dl::DimExpr &b);
std::optional<dl::DimExpr> foldDifference(const dl::DimExpr &a, const dl::DimExpr &b);
std::optional<dl::DimExpr> foldProduct(const dl::DimExpr &a, const dl::DimExpr &b);
/// Rounds toward zero, as ONNX's Div of integers does.
std::optional<dl::DimExpr> foldQuotient(const dl::DimExpr &a, const dl::DimExpr &b);
std::optional<dl::DimExpr> foldMin(const dl::DimExpr &a, const dl::DimExpr &b);
std::optional<dl::DimExpr> foldMax(const dl::DimExpr &a, const dl::DimExpr &b);

/// The NumPy broadcast of two static shapes; nothing when there is none.
std::optional<llvm::SmallVector<int64_t>> broadcastShapes(llvm::ArrayRef<int64_t> a, llvm::ArrayRef<int64_t> b);
/// Element `index` of a tensor of shape `to`, as an index into `from`, which broadcasts to it.
int64_t broadcastIndex(int64_t index, llvm::ArrayRef<int64_t> to, llvm::ArrayRef<int64_t> from);

} // namespace dlc::onnx
#endif // DLC_COMPILER_IMPORT_ONNX_SYMBOLIC_H
