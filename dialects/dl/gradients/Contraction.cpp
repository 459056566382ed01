// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/DlBuilder.h"

using namespace mlir;
using namespace dlc::dl;

/// `count` numbers from `first`.
static SmallVector<int64_t> range(int64_t first, size_t count) {
  return llvm::to_vector(llvm::seq<int64_t>(first, first + count));
}
static SmallVector<int64_t> sorted(ArrayRef<int64_t> axes) {
  SmallVector<int64_t> result(axes);
  llvm::sort(result);
  return result;
}

/// `value` has the axes listed in `axes` of some tensor, in that order; puts
/// them into the tensor's own order.
static Value arrange(DlBuilder &b, Value value, ArrayRef<int64_t> axes) {
  SmallVector<int64_t> permutation(axes.size());
  for (auto [position, axis] : llvm::enumerate(axes))
    permutation[axis] = position;
  return b.transpose(value, permutation);
}

// y[b, m, n] = sum over k of p[b, m, k] q[b, k, n], where b, m, k, n are lists of axes:
// dp[b, m, k] = sum over n of g[b, m, n] q[b, k, n]
// dq[b, k, n] = sum over m of p[b, m, k] g[b, m, n]
SmallVector<Value> ContractOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool> needed) {
  Value g = cotangents[0];
  SmallVector<int64_t> m = freeAxes(false), n = freeAxes(true);
  SmallVector<int64_t> batch = range(0, getLhsBatch().size());
  SmallVector<int64_t> mOfG = range(batch.size(), m.size()), nOfG = range(batch.size() + m.size(), n.size());
  SmallVector<Value> grads(2);
  if (needed[0]) {
    // The contraction leaves k in the order of rhs; `axes` says which axes of lhs these are.
    SmallVector<int64_t> axes(getLhsBatch());
    llvm::append_range(axes, m);
    for (int64_t k : sorted(getRhsContract()))
      axes.push_back(getLhsContract()[llvm::find(getRhsContract(), k) - getRhsContract().begin()]);
    grads[0] = arrange(b, b.contract(g, getRhs(), batch, getRhsBatch(), nOfG, n), axes);
  }
  if (needed[1]) {
    SmallVector<int64_t> axes(getRhsBatch());
    for (int64_t k : sorted(getLhsContract()))
      axes.push_back(getRhsContract()[llvm::find(getLhsContract(), k) - getLhsContract().begin()]);
    llvm::append_range(axes, n);
    grads[1] = arrange(b, b.contract(getLhs(), g, getLhsBatch(), batch, m, mOfG), axes);
  }
  return grads;
}
