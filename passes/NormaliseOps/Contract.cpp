// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/NormaliseOps/NormaliseOps.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
/// One operand's axes by role.
struct Side {
  Value value;
  SmallVector<int64_t> batch, free, contract;
  bool contractFirst = false;

  static bool isRun(ArrayRef<int64_t> axes, int64_t from) {
    for (auto [i, axis] : llvm::enumerate(axes))
      if (axis != from + static_cast<int64_t>(i))
        return false;
    return true;
  }
  /// [batch, free, contract] or [batch, contract, free] as it lies in memory?
  bool lies() {
    int64_t b = batch.size(), f = free.size(), c = contract.size();
    if (!isRun(batch, 0))
      return false;
    if (isRun(free, b) && isRun(contract, b + f))
      return true;
    contractFirst = true;
    return isRun(contract, b) && isRun(free, b + c);
  }
};
} // namespace

Value dlc::normalContract(ContractOp op, DlBuilder &b) {
  Side lhs{op.getLhs(), llvm::to_vector(op.getLhsBatch()), op.freeAxes(false), llvm::to_vector(op.getLhsContract())};
  Side rhs{op.getRhs(), llvm::to_vector(op.getRhsBatch()), op.freeAxes(true), llvm::to_vector(op.getRhsContract())};
  auto normal = [](Side &side) {
    return side.batch.size() <= 1 && side.free.size() == 1 && side.contract.size() == 1 &&
           (side.batch.empty() || side.batch[0] == 0);
  };
  if (normal(lhs) && normal(rhs))
    return {};
  DimVector resultDims(b.dims(op.getResult()));
  bool hasBatch = !lhs.batch.empty();
  // The contracting axes of both sides must run in one order: that of the side that lies well.
  auto sortPairs = [](SmallVector<int64_t> &by, SmallVector<int64_t> &with) {
    SmallVector<size_t> order(by.size());
    for (size_t i = 0; i < order.size(); ++i)
      order[i] = i;
    llvm::sort(order, [&](size_t x, size_t y) { return by[x] < by[y]; });
    SmallVector<int64_t> first, second;
    for (size_t i : order) {
      first.push_back(by[i]);
      second.push_back(with[i]);
    }
    by = first;
    with = second;
  };
  sortPairs(lhs.contract, rhs.contract);
  for (Side *side : {&lhs, &rhs}) {
    DimVector dims(b.dims(side->value));
    if (!side->lies()) {
      side->contractFirst = false;
      SmallVector<int64_t> permutation(side->batch);
      llvm::append_range(permutation, side->free);
      llvm::append_range(permutation, side->contract);
      side->value = b.transpose(side->value, permutation);
    }
    auto extent = [&](ArrayRef<int64_t> axes) {
      DimExpr total(1);
      for (int64_t axis : axes)
        total = total * dims[axis];
      return total;
    };
    DimVector target;
    if (hasBatch)
      target.push_back(extent(side->batch));
    target.push_back(side->contractFirst ? extent(side->contract) : extent(side->free));
    target.push_back(side->contractFirst ? extent(side->free) : extent(side->contract));
    side->value = b.reshape(side->value, target);
  }
  int64_t first = hasBatch ? 1 : 0;
  SmallVector<int64_t> batch;
  if (hasBatch)
    batch.push_back(0);
  Value result = b.contract(lhs.value, rhs.value, batch, batch, {lhs.contractFirst ? first : first + 1},
                            {rhs.contractFirst ? first : first + 1});
  return b.reshape(result, resultDims);
}
