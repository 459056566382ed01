// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/shapes/Shapes.h"

using namespace mlir;
using namespace dlc::dl;

template <typename Adaptor> static FailureOr<DimVector> pooled(Adaptor op, Shapes &shapes, const DimVector &x) {
  if (x.size() < 3 || x.size() > 5) // C1
    return shapes.error("input has rank ", x.size(), ", expected 3 to 5");
  size_t spatial = x.size() - 2, first = op.getChannelsLast() ? 1 : 2;
  if (op.getWindow().size() != spatial || op.getStrides().size() != spatial || op.getLow().size() != spatial ||
      op.getHigh().size() != spatial) // C1
    return shapes.error("expected one window, stride, low and high for each of ", spatial, " spatial axes");
  DimVector y = x;
  for (size_t i = 0; i < spatial; ++i) {
    int64_t window = op.getWindow()[i], low = op.getLow()[i], high = op.getHigh()[i];
    if (window < 1 || op.getStrides()[i] < 1 || low < 0 || high < 0) // C1
      return shapes.error("windows and strides are positive and padding is not negative");
    if (low >= window || high >= window) // C2
      return shapes.error("padding ", std::max(low, high), " in spatial axis ", i, " is not smaller than the window ",
                          window);
    DimExpr padded = x[first + i] + DimExpr(low + high);
    if (failed(shapes.requireAtLeast("padded extent of spatial axis " + Twine(i), padded, DimExpr(window)))) // C3
      return failure();
    y[first + i] = (padded - DimExpr(window)).floorDiv(DimExpr(op.getStrides()[i])) + 1;
  }
  return y;
}
template <typename Adaptor>
static LogicalResult checkWindows(Adaptor op, Shapes &shapes, const DimVector &x, const DimVector &given,
                                  StringRef what) {
  FailureOr<DimVector> y = pooled(op, shapes, x);
  if (failed(y))
    return failure();
  if (y->size() != given.size())
    return shapes.error(what, " has rank ", given.size(), ", expected ", y->size());
  for (size_t i = 0; i < y->size(); ++i)
    if (!Shapes::agree((*y)[i], given[i]))
      return shapes.error(what, " has extent ", given[i].str(), " in axis ", i, ", expected ", (*y)[i].str());
  return success();
}

#define DL_POOL_RULE(OP)                                                                                               \
  static FailureOr<ShapeList> shapeRule(OP::Adaptor op, Shapes &shapes) {                                              \
    FailureOr<DimVector> y = pooled(op, shapes, shapes.operands[0]);                                                   \
    return failed(y) ? FailureOr<ShapeList>(failure()) : FailureOr<ShapeList>(ShapeList{*y});                          \
  }                                                                                                                    \
  DL_SHAPE_RULE(OP, elementTypeOf(operands[0]))
DL_POOL_RULE(MaxPoolOp)
DL_POOL_RULE(SumPoolOp)
DL_POOL_RULE(AvgPoolOp)

static FailureOr<ShapeList> shapeRule(MaxPoolPickOp::Adaptor op, Shapes &shapes) {
  FailureOr<DimVector> y = pooled(op, shapes, shapes.operands[0]);
  if (failed(y))
    return failure();
  const DimVector &x = shapes.operands[0], &values = shapes.operands[1];
  if (values.size() != x.size())
    return shapes.error("values have rank ", values.size(), ", expected ", x.size());
  for (size_t i = 0; i < x.size(); ++i)
    if (!Shapes::agree(x[i], values[i]))
      return shapes.error("values have extent ", values[i].str(), " in axis ", i, ", expected ", x[i].str());
  for (size_t i = 0, first = op.getChannelsLast() ? 1 : 2; i + 2 < x.size(); ++i)
    if (failed(shapes.requireAtLeast("extent of spatial axis " + Twine(i), x[first + i],
                                     1))) // else a window holds nothing to pick
      return failure();
  return ShapeList{*y};
}
DL_SHAPE_RULE(MaxPoolPickOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(MaxPoolGradOp::Adaptor op, Shapes &shapes) {
  if (failed(checkWindows(op, shapes, shapes.operands[0], shapes.operands[1], "cotangent")))
    return failure();
  return ShapeList{shapes.operands[0]};
}
DL_SHAPE_RULE(MaxPoolGradOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(SumPoolGradOp::Adaptor op, Shapes &shapes) {
  FailureOr<DimVector> x = shapes.parse(op.getDims());
  if (failed(x) || failed(checkWindows(op, shapes, *x, shapes.operands[0], "cotangent")))
    return failure();
  return ShapeList{*x};
}
DL_SHAPE_RULE(SumPoolGradOp, elementTypeOf(operands[0]))
