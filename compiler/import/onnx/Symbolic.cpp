// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/import/onnx/Symbolic.h"

using namespace dlc::dl;
using namespace dlc::onnx;
using llvm::ArrayRef;
using llvm::SmallVector;

bool dlc::onnx::isNonNegative(const DimExpr &expr) {
  for (const auto &[monomial, coefficient] : expr.terms()) {
    if (coefficient < 0)
      return false;
    for (const DimExpr::Atom &atom : monomial) // names are extents; a quotient of such by a positive number
      if (atom.numerator &&
          !(isNonNegative(*atom.numerator) && atom.denominator->isConstant() && atom.denominator->constant() > 0))
        return false;
  }
  return true;
}

std::optional<bool> dlc::onnx::equal(const DimExpr &a, const DimExpr &b) {
  DimExpr difference = a - b;
  if (difference.isConstant())
    return difference.constant() == 0;
  if (isNonNegative(difference - 1) || isNonNegative(DimExpr(0) - difference - 1))
    return false;
  return std::nullopt;
}

std::optional<bool> dlc::onnx::less(const DimExpr &a, const DimExpr &b) {
  if (isNonNegative(b - a - 1))
    return true;
  if (isNonNegative(a - b))
    return false;
  return std::nullopt;
}

/// The four operations on constants are checked; expressions are small and
/// refused where a coefficient could leave 64 bits.
static bool isModest(const DimExpr &expr) {
  return llvm::all_of(expr.terms(), [](const auto &term) {
    return term.second < (int64_t(1) << 40) && term.second > -(int64_t(1) << 40);
  });
}

template <typename Checked>
static std::optional<DimExpr> onConstants(const DimExpr &a, const DimExpr &b, Checked checked) {
  int64_t result;
  if (checked(a.constant(), b.constant(), &result))
    return std::nullopt;
  return DimExpr(result);
}

std::optional<DimExpr> dlc::onnx::foldSum(const DimExpr &a, const DimExpr &b) {
  if (a.isConstant() && b.isConstant())
    return onConstants(a, b, [](int64_t x, int64_t y, int64_t *r) { return __builtin_add_overflow(x, y, r); });
  return isModest(a) && isModest(b) ? std::optional(a + b) : std::nullopt;
}
std::optional<DimExpr> dlc::onnx::foldDifference(const DimExpr &a, const DimExpr &b) {
  if (a.isConstant() && b.isConstant())
    return onConstants(a, b, [](int64_t x, int64_t y, int64_t *r) { return __builtin_sub_overflow(x, y, r); });
  return isModest(a) && isModest(b) ? std::optional(a - b) : std::nullopt;
}
std::optional<DimExpr> dlc::onnx::foldProduct(const DimExpr &a, const DimExpr &b) {
  if (a.isConstant() && b.isConstant())
    return onConstants(a, b, [](int64_t x, int64_t y, int64_t *r) { return __builtin_mul_overflow(x, y, r); });
  bool small = llvm::all_of(a.terms(), [](const auto &t) { return std::abs(t.second) < (1 << 24); }) ||
               llvm::all_of(b.terms(), [](const auto &t) { return std::abs(t.second) < (1 << 20); });
  return small && isModest(a) && isModest(b) && a.terms().size() * b.terms().size() < 64 ? std::optional(a * b)
                                                                                         : std::nullopt;
}
std::optional<DimExpr> dlc::onnx::foldQuotient(const DimExpr &a, const DimExpr &b) {
  if (b == DimExpr(0))
    return std::nullopt;
  if (a.isConstant() && b.isConstant())
    return b.constant() == -1 ? foldDifference(0, a) : std::optional(DimExpr(a.constant() / b.constant()));
  if (mlir::FailureOr<DimExpr> exact = a.exactDiv(b); mlir::succeeded(exact) && b.isConstant())
    return *exact;
  if (isNonNegative(a) && b.isConstant() && b.constant() > 0)
    return a.floorDiv(b);
  return std::nullopt;
}
std::optional<DimExpr> dlc::onnx::foldMin(const DimExpr &a, const DimExpr &b) {
  std::optional<bool> isLess = less(a, b);
  return isLess ? std::optional(*isLess ? a : b) : std::nullopt;
}
std::optional<DimExpr> dlc::onnx::foldMax(const DimExpr &a, const DimExpr &b) {
  std::optional<bool> isLess = less(a, b);
  return isLess ? std::optional(*isLess ? b : a) : std::nullopt;
}

std::optional<SmallVector<int64_t>> dlc::onnx::broadcastShapes(ArrayRef<int64_t> a, ArrayRef<int64_t> b) {
  if (a.size() < b.size())
    std::swap(a, b);
  SmallVector<int64_t> result(a);
  for (size_t i = 0; i < b.size(); ++i) {
    int64_t &extent = result[a.size() - b.size() + i];
    if (extent == 1)
      extent = b[i];
    else if (b[i] != 1 && b[i] != extent)
      return std::nullopt;
  }
  return result;
}

int64_t dlc::onnx::broadcastIndex(int64_t index, ArrayRef<int64_t> to, ArrayRef<int64_t> from) {
  int64_t result = 0, stride = 1;
  for (size_t back = 1; back <= from.size(); ++back) {
    int64_t extent = to[to.size() - back], own = from[from.size() - back], place = index % extent;
    index /= extent;
    result += (own == 1 ? 0 : place) * stride;
    stride *= own;
  }
  return result;
}
