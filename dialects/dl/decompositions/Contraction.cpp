// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/DlBuilder.h"

using namespace mlir;
using namespace dlc::dl;

namespace {
/// An operand's leading axes, without those it does not bring to the product:
/// absent ones, and ones of extent 1 that broadcast.
struct Operand {
  Value value;
  SmallVector<int64_t> axes; // the result axis of each leading axis
};
} // namespace

/// Drops leading axes of extent 1; `rank` is the result's.
static Operand withoutOnes(DlBuilder &b, Value value, size_t rank) {
  DimVector dims(b.dims(value)), kept;
  Operand operand{value, {}};
  size_t leading = dims.size() - 2;
  for (size_t i = 0; i < leading; ++i)
    if (dims[i] != DimExpr(1)) {
      kept.push_back(dims[i]);
      operand.axes.push_back(rank - dims.size() + i);
    }
  kept.append(dims.end() - 2, dims.end());
  operand.value = b.reshape(value, kept);
  return operand;
}

// A leading axis that both have is a batch axis of the contraction; one that
// only one side has is a free axis of that side.
SmallVector<Value> MatmulOp::decompose(DlBuilder &b) {
  DimVector result(b.dims(getResult()));
  Operand lhs = withoutOnes(b, getLhs(), result.size()), rhs = withoutOnes(b, getRhs(), result.size());
  int64_t lhsRank = lhs.axes.size() + 2, rhsRank = rhs.axes.size() + 2;
  SmallVector<int64_t> lhsBatch, rhsBatch, axes; // axes: where each axis of the contraction belongs
  for (auto [i, axis] : llvm::enumerate(lhs.axes))
    if (auto it = llvm::find(rhs.axes, axis); it != rhs.axes.end()) {
      lhsBatch.push_back(i);
      rhsBatch.push_back(it - rhs.axes.begin());
      axes.push_back(axis);
    }
  for (int64_t axis : lhs.axes)
    if (!llvm::is_contained(rhs.axes, axis))
      axes.push_back(axis);
  axes.push_back(result.size() - 2);
  for (int64_t axis : rhs.axes)
    if (!llvm::is_contained(lhs.axes, axis))
      axes.push_back(axis);
  axes.push_back(result.size() - 1);
  Value product = b.contract(lhs.value, rhs.value, lhsBatch, rhsBatch, {lhsRank - 1}, {rhsRank - 2});
  SmallVector<int64_t> permutation = llvm::to_vector(llvm::seq<int64_t>(0, axes.size()));
  llvm::sort(permutation, [&](int64_t i, int64_t j) { return axes[i] < axes[j]; });
  return {b.reshape(b.transpose(product, permutation), result)};
}
