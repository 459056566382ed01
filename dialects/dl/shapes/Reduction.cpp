// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/shapes/Shapes.h"

using namespace mlir;
using namespace dlc::dl;

template <typename Adaptor> static FailureOr<ShapeList> reduced(Adaptor op, Shapes &shapes) {
  const DimVector &x = shapes.operands[0];
  if (failed(shapes.checkAxes("reduction", op.getAxes(), x.size()))) // C1
    return failure();
  ShapeList result(1);
  for (size_t i = 0; i < x.size(); ++i) {
    if (!llvm::is_contained(op.getAxes(), static_cast<int64_t>(i)))
      result[0].push_back(x[i]);
    else if (op.getKeepDims())
      result[0].push_back(DimExpr(1));
  }
  return result;
}
#define DL_REDUCTION_RULE(OP)                                                                                          \
  static FailureOr<ShapeList> shapeRule(OP::Adaptor op, Shapes &shapes) { return reduced(op, shapes); }                \
  DL_SHAPE_RULE(OP, elementTypeOf(operands[0]))
DL_REDUCTION_RULE(ReduceSumOp)
DL_REDUCTION_RULE(ReduceProdOp)
DL_REDUCTION_RULE(ReduceMaxOp)
DL_REDUCTION_RULE(ReduceMinOp)
DL_REDUCTION_RULE(ReduceMeanOp)
DL_REDUCTION_RULE(LogSumExpOp)

template <typename Adaptor> static FailureOr<ShapeList> withoutAxis(Adaptor op, Shapes &shapes) {
  DimVector x = shapes.operands[0];
  if (failed(shapes.checkAxes("axis", {static_cast<int64_t>(op.getAxis())}, x.size())))
    return failure();
  if (failed(shapes.requireAtLeast("extent of axis " + Twine(op.getAxis()), x[op.getAxis()],
                                   1))) // of nothing, none is largest
    return failure();
  x.erase(x.begin() + op.getAxis());
  return ShapeList{x};
}
static FailureOr<ShapeList> shapeRule(ArgmaxOp::Adaptor op, Shapes &shapes) { return withoutAxis(op, shapes); }
DL_SHAPE_RULE(ArgmaxOp, IntegerType::get(context, 64))
static FailureOr<ShapeList> shapeRule(ArgminOp::Adaptor op, Shapes &shapes) { return withoutAxis(op, shapes); }
DL_SHAPE_RULE(ArgminOp, IntegerType::get(context, 64))

static FailureOr<ShapeList> shapeRule(CumsumOp::Adaptor op, Shapes &shapes) {
  if (failed(shapes.checkAxes("axis", {static_cast<int64_t>(op.getAxis())}, shapes.operands[0].size())))
    return failure();
  return ShapeList{shapes.operands[0]};
}
DL_SHAPE_RULE(CumsumOp, elementTypeOf(operands[0]))
