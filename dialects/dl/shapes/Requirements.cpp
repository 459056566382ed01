// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/shapes/Requirements.h"
#include "dialects/dl/shapes/Shapes.h"

using namespace mlir;
using namespace dlc::dl;

/// A type may say 3 where the rule gives `n`: then n is 3 in every call.
static LogicalResult keepStatic(DimsOpInterface op, OpResult result, DimAnalysis &dims, Shapes &shapes) {
  auto type = dyn_cast<RankedTensorType>(result.getType());
  FailureOr<DimVector> inferred =
      type ? op.inferDims(result.getResultNumber(), dims) : FailureOr<DimVector>(DimVector());
  if (failed(inferred))
    return failure();
  for (auto [axis, dim] : llvm::enumerate(*inferred))
    if (!type.isDynamicDim(axis) &&
        failed(shapes.requireEqual("extent of result axis " + Twine(axis), dim, DimExpr(type.getDimSize(axis)))))
      return failure();
  return success();
}

static LogicalResult keepCarries(ScanOp scan, DimAnalysis &dims, Shapes &shapes) {
  OperandRange yields = scan.getBody().front().getTerminator()->getOperands();
  for (size_t i = 0; i < scan.getInits().size(); ++i) { // C2
    DimVector present(dims.of(scan.getInits()[i])), argument(dims.of(scan.getBody().getArgument(i))),
        next(dims.of(yields[i]));
    for (size_t axis = 0; axis < present.size(); ++axis) {
      std::string what = ("extent of carry " + Twine(i) + " in axis " + Twine(axis)).str();
      if (failed(shapes.requireEqual(what, next[axis], present[axis])) ||
          failed(shapes.requireEqual(what, argument[axis], present[axis])))
        return failure();
    }
  }
  return success();
}

FailureOr<std::vector<Requirement>> dlc::dl::requirementsOf(DimsOpInterface op, DimAnalysis &dims) {
  Shapes shapes(op->getLoc(), op->getName().stripDialect());
  for (Value operand : op->getOperands())
    shapes.operands.push_back(isa<RankedTensorType>(operand.getType()) ? DimVector(dims.of(operand)) : DimVector());
  if (dims.failed() || failed(op.checkExtents(shapes)))
    return failure();
  for (OpResult result : op->getResults())
    if (failed(keepStatic(op, result, dims, shapes)))
      return failure();
  if (auto scan = dyn_cast<ScanOp>(op.getOperation()); scan && failed(keepCarries(scan, dims, shapes)))
    return failure();
  return std::move(shapes.requirements);
}
