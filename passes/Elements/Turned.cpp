// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/Elements/Turned.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

Turned dlc::turnedIn(KernelOp kernel, const NestPlan &plan) {
  constexpr int64_t enough = 16; // less is a line or two that caches hold
  auto isLong = [](const DimExpr &dim) { return !dim.isConstant() || dim.constant() >= enough; };
  Turned result;
  DimAnalysis dims;
  int64_t rank = plan.domain.size();
  if (!plan.phases.empty() || rank < 2 || !isLong(plan.domain.back()))
    return result;
  for (auto op : kernel.getBody().front().getOps<TransposeOp>()) {
    if (dims.of(op.getResult()) != ArrayRef<DimExpr>(plan.domain))
      continue;
    int64_t axis = llvm::find(op.getPermutation(), rank - 1) - op.getPermutation().begin();
    if (axis == rank - 1 || !isLong(plan.domain[axis]) || (result && axis != result.axis))
      continue;
    result.axis = axis;
    result.ops.push_back(op);
  }
  return result;
}
