// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/shapes/Shapes.h"

using namespace mlir;
using namespace dlc::dl;

/// Positions of the axes of an activation [N, C, spatial] and a filter [O, I, spatial].
namespace {
struct Axes {
  Axes(size_t rank, bool channelsLast)
      : channel(channelsLast ? rank - 1 : 1), spatial(channelsLast ? 1 : 2), out(channelsLast ? rank - 1 : 0),
        in(channelsLast ? rank - 2 : 1), window(channelsLast ? 0 : 2) {}
  size_t channel, spatial; // of activations
  size_t out, in, window;  // of filters
};
} // namespace

/// C1 and C2, shared by all three.
template <typename Adaptor> static LogicalResult check(Adaptor &op, Shapes &shapes, size_t rank, size_t otherRank) {
  if (rank != otherRank || rank < 3 || rank > 5) // C1
    return shapes.error("operands have rank ", rank, " and ", otherRank, ", expected equal ranks of 3 to 5");
  size_t spatial = rank - 2;
  if (op.getStrides().size() != spatial || op.getDilations().size() != spatial || op.getLow().size() != spatial ||
      op.getHigh().size() != spatial) // C2
    return shapes.error("expected one stride, dilation, low and high for each of ", spatial, " spatial axes");
  for (size_t i = 0; i < spatial; ++i)
    if (op.getStrides()[i] < 1 || op.getDilations()[i] < 1 || op.getLow()[i] < 0 || op.getHigh()[i] < 0) // C2
      return shapes.error("strides and dilations are positive and padding is not negative");
  if (op.getGroups() < 1)
    return shapes.error("has ", op.getGroups(), " groups, expected 1 or more");
  return success();
}

/// C3 and the extents of y = conv(x, w).
template <typename Adaptor>
static FailureOr<DimVector> convolved(Adaptor &op, Shapes &shapes, const DimVector &x, const DimVector &w) {
  Axes axes(x.size(), op.getChannelsLast());
  DimExpr channels = w[axes.in] * DimExpr(op.getGroups());
  if (!Shapes::agree(x[axes.channel], channels)) // C3
    return shapes.error("input has ", x[axes.channel].str(), " channels, filter takes ", w[axes.in].str(), " in ",
                        op.getGroups(), " groups");
  if (w[axes.out].isConstant() && w[axes.out].constant() % op.getGroups() != 0) // C3
    return shapes.error("output channels ", w[axes.out].str(), " are no multiple of ", op.getGroups(), " groups");
  DimExpr groups(op.getGroups());
  if (!Shapes::isUnknown(w[axes.out]) &&
      failed(shapes.requireEqual("number of output channels", w[axes.out], w[axes.out].floorDiv(groups) * groups)))
    return failure();
  DimVector y(x.size(), DimExpr(0));
  y[0] = x[0];
  y[axes.channel] = w[axes.out];
  for (size_t i = 0; i + 2 < x.size(); ++i) {
    DimExpr window = (w[axes.window + i] - 1) * DimExpr(op.getDilations()[i]) + 1;
    DimExpr padded = x[axes.spatial + i] + DimExpr(op.getLow()[i] + op.getHigh()[i]);
    if (failed(shapes.requireAtLeast("padded extent of spatial axis " + Twine(i), padded, window))) // C4
      return failure();
    y[axes.spatial + i] = (padded - window).floorDiv(DimExpr(op.getStrides()[i])) + 1;
  }
  return y;
}

/// Every extent agrees, or an error that names both.
static LogicalResult checkEqual(Shapes &shapes, StringRef what, const DimVector &expected, const DimVector &given) {
  for (size_t i = 0; i < expected.size(); ++i)
    if (!Shapes::agree(expected[i], given[i]))
      return shapes.error(what, " has extent ", given[i].str(), " in axis ", i, ", expected ", expected[i].str());
  return success();
}

static FailureOr<ShapeList> shapeRule(ConvOp::Adaptor op, Shapes &shapes) {
  const DimVector &x = shapes.operands[0], &w = shapes.operands[1];
  if (failed(check(op, shapes, x.size(), w.size())))
    return failure();
  FailureOr<DimVector> y = convolved(op, shapes, x, w);
  if (failed(y))
    return failure();
  return ShapeList{*y};
}
DL_SHAPE_RULE(ConvOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(ConvInputGradOp::Adaptor op, Shapes &shapes) {
  const DimVector &dy = shapes.operands[0], &w = shapes.operands[1];
  FailureOr<DimVector> x = shapes.parse(op.getDims());
  if (failed(x) || failed(check(op, shapes, dy.size(), w.size())) || failed(check(op, shapes, x->size(), w.size())))
    return failure();
  FailureOr<DimVector> y = convolved(op, shapes, *x, w);
  if (failed(y) || failed(checkEqual(shapes, "cotangent", *y, dy)))
    return failure();
  return ShapeList{*x};
}
DL_SHAPE_RULE(ConvInputGradOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(ConvFilterGradOp::Adaptor op, Shapes &shapes) {
  const DimVector &x = shapes.operands[0], &dy = shapes.operands[1];
  FailureOr<DimVector> w = shapes.parse(op.getDims());
  if (failed(w) || failed(check(op, shapes, x.size(), dy.size())) || failed(check(op, shapes, x.size(), w->size())))
    return failure();
  FailureOr<DimVector> y = convolved(op, shapes, x, *w);
  if (failed(y) || failed(checkEqual(shapes, "cotangent", *y, dy)))
    return failure();
  return ShapeList{*w};
}
DL_SHAPE_RULE(ConvFilterGradOp, elementTypeOf(operands[0]))
