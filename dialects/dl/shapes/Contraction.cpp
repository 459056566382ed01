// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/shapes/Shapes.h"

using namespace mlir;
using namespace dlc::dl;

static SmallVector<int64_t> freeAxes(int64_t rank, ArrayRef<int64_t> batch, ArrayRef<int64_t> contract) {
  SmallVector<int64_t> free;
  for (int64_t axis = 0; axis < rank; ++axis)
    if (!llvm::is_contained(batch, axis) && !llvm::is_contained(contract, axis))
      free.push_back(axis);
  return free;
}

SmallVector<int64_t> ContractOp::freeAxes(bool ofRhs) {
  return ofRhs ? ::freeAxes(getRhs().getType().getRank(), getRhsBatch(), getRhsContract())
               : ::freeAxes(getLhs().getType().getRank(), getLhsBatch(), getLhsContract());
}

static FailureOr<ShapeList> shapeRule(ContractOp::Adaptor op, Shapes &shapes) {
  const DimVector &lhs = shapes.operands[0], &rhs = shapes.operands[1];
  ArrayRef<int64_t> lhsBatch = op.getLhsBatch(), rhsBatch = op.getRhsBatch();
  ArrayRef<int64_t> lhsContract = op.getLhsContract(), rhsContract = op.getRhsContract();
  if (lhsBatch.size() != rhsBatch.size()) // C1
    return shapes.error("lhs has ", lhsBatch.size(), " batch axes, rhs has ", rhsBatch.size());
  if (lhsContract.size() != rhsContract.size()) // C1
    return shapes.error("lhs has ", lhsContract.size(), " contracting axes, rhs has ", rhsContract.size());
  SmallVector<int64_t> lhsAll(lhsBatch), rhsAll(rhsBatch);
  llvm::append_range(lhsAll, lhsContract);
  llvm::append_range(rhsAll, rhsContract);
  if (failed(shapes.checkAxes("lhs", lhsAll, lhs.size())) || failed(shapes.checkAxes("rhs", rhsAll, rhs.size()))) // C2
    return failure();
  ShapeList result(1);
  for (auto [i, j] : llvm::zip(lhsBatch, rhsBatch)) { // C3
    if (!Shapes::agree(lhs[i], rhs[j]))
      return shapes.error("batch extents differ: lhs has ", lhs[i].str(), ", rhs has ", rhs[j].str());
    result[0].push_back(Shapes::better(lhs[i], rhs[j]));
  }
  for (auto [i, j] : llvm::zip(lhsContract, rhsContract)) // C3
    if (!Shapes::agree(lhs[i], rhs[j]))
      return shapes.error("contracting extents differ: lhs has ", lhs[i].str(), ", rhs has ", rhs[j].str());
  for (int64_t axis : freeAxes(lhs.size(), lhsBatch, lhsContract))
    result[0].push_back(lhs[axis]);
  for (int64_t axis : freeAxes(rhs.size(), rhsBatch, rhsContract))
    result[0].push_back(rhs[axis]);
  return result;
}
DL_SHAPE_RULE(ContractOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(MatmulOp::Adaptor, Shapes &shapes) {
  DimVector lhs = shapes.operands[0], rhs = shapes.operands[1];
  if (lhs.size() < 2 || rhs.size() < 2) // C1
    return shapes.error("operands have rank ", lhs.size(), " and ", rhs.size(), ", expected 2 or more");
  DimExpr m = lhs[lhs.size() - 2], k = lhs.back(), n = rhs.back();
  if (!Shapes::agree(k, rhs[rhs.size() - 2])) // C2
    return shapes.error("inner extents differ: lhs has ", k.str(), ", rhs has ", rhs[rhs.size() - 2].str());
  lhs.pop_back_n(2);
  rhs.pop_back_n(2);
  FailureOr<DimVector> batch = shapes.broadcast({lhs, rhs}); // C3
  if (failed(batch))
    return failure();
  batch->push_back(m);
  batch->push_back(n);
  return ShapeList{*batch};
}
DL_SHAPE_RULE(MatmulOp, elementTypeOf(operands[0]))
