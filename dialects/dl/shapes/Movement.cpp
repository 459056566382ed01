// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/shapes/Shapes.h"

using namespace mlir;
using namespace dlc::dl;

static FailureOr<ShapeList> shapeRule(ConstantOp::Adaptor op, Shapes &) {
  unsigned fresh = 0;
  return ShapeList{extentsOf(op.getValue().getType(), fresh)};
}
DL_SHAPE_RULE(ConstantOp, Adaptor(operands, attributes, properties, regions).getValue().getElementType())

template <typename Adaptor> static FailureOr<ShapeList> declared(Adaptor op, Shapes &shapes) {
  FailureOr<DimVector> dims = shapes.parse(op.getDims());
  if (failed(dims))
    return failure();
  return ShapeList{*dims};
}

/// Extents come from `dims`, the element type from whoever builds the op.
#define DL_DECLARED_RULE(OP)                                                                                           \
  LogicalResult OP::inferReturnTypes(MLIRContext *context, std::optional<Location> location, ValueRange operands,      \
                                     DictionaryAttr attributes, OpaqueProperties properties, RegionRange regions,      \
                                     SmallVectorImpl<Type> &results) {                                                 \
    Shapes shapes(location, getOperationName().drop_front(3));                                                         \
    FailureOr<ShapeList> list = shapeRule(Adaptor(operands, attributes, properties, regions), shapes);                 \
    if (failed(list))                                                                                                  \
      return failure();                                                                                                \
    results.push_back(typeFor((*list)[0], IntegerType::get(context, 64)));                                             \
    return success();                                                                                                  \
  }                                                                                                                    \
  bool OP::isCompatibleReturnTypes(TypeRange inferred, TypeRange declared) {                                           \
    return declared.size() == 1 && succeeded(verifyCompatibleShape(inferred[0], declared[0]));                         \
  }                                                                                                                    \
  FailureOr<DimVector> OP::inferDims(unsigned, DimAnalysis &) { return fromAttr(getDims()); }                          \
  DL_CHECK_EXTENTS(OP)

static FailureOr<ShapeList> shapeRule(IotaOp::Adaptor op, Shapes &shapes) {
  if (failed(shapes.checkAxes("axis", {static_cast<int64_t>(op.getAxis())}, op.getDims().size())))
    return failure();
  return declared(op, shapes);
}
DL_DECLARED_RULE(IotaOp)

static FailureOr<ShapeList> shapeRule(DimOp::Adaptor op, Shapes &shapes) {
  if (failed(shapes.checkAxes("axis", {static_cast<int64_t>(op.getAxis())}, shapes.operands[0].size())))
    return failure();
  return ShapeList{DimVector{}};
}
DL_SHAPE_RULE(DimOp, IntegerType::get(context, 64))

static FailureOr<ShapeList> shapeRule(ExtentOp::Adaptor op, Shapes &shapes) {
  if (failed(shapes.parse(ArrayAttr::get(op.getDim().getContext(), {op.getDim()}))))
    return failure();
  return ShapeList{DimVector{}};
}
DL_SHAPE_RULE(ExtentOp, IntegerType::get(context, 64))

static FailureOr<ShapeList> shapeRule(BroadcastOp::Adaptor op, Shapes &shapes) {
  FailureOr<ShapeList> list = declared(op, shapes);
  if (failed(list))
    return failure();
  const DimVector &from = shapes.operands[0], &to = (*list)[0];
  if (from.size() > to.size())
    return shapes.error("input of rank ", from.size(), " does not broadcast to rank ", to.size());
  for (size_t i = 0; i < from.size(); ++i) { // C1
    const DimExpr &target = to[to.size() - from.size() + i];
    if (from[i] != DimExpr(1) && !Shapes::agree(from[i], target))
      return shapes.error("extent ", from[i].str(), " in axis ", i, " does not broadcast to ", target.str());
  }
  return list;
}
DL_SHAPE_RULE(BroadcastOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(ReshapeOp::Adaptor op, Shapes &shapes) {
  FailureOr<ShapeList> list = declared(op, shapes);
  if (failed(list))
    return failure();
  DimExpr from = product(shapes.operands[0]), to = product((*list)[0]);
  if (llvm::none_of(shapes.operands[0], Shapes::isUnknown) && from != to) { // C1
    // In types alone a name may stand for any number.
    bool typesOnly = from.isConstant() != to.isConstant();
    if (!typesOnly || llvm::none_of(shapes.operands[0], [](const DimExpr &d) { return d == DimExpr(0); }))
      return shapes.error("input has ", from.str(), " elements, result has ", to.str());
    if (failed(shapes.requireEqual("number of elements of the result", to, from)))
      return failure();
  }
  return list;
}
DL_SHAPE_RULE(ReshapeOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(TransposeOp::Adaptor op, Shapes &shapes) {
  const DimVector &x = shapes.operands[0];
  if (op.getPermutation().size() != x.size()) // C1
    return shapes.error("permutation has ", op.getPermutation().size(), " axes, input has rank ", x.size());
  if (failed(shapes.checkAxes("permutation", op.getPermutation(), x.size())))
    return failure();
  ShapeList result(1);
  for (int64_t axis : op.getPermutation())
    result[0].push_back(x[axis]);
  return result;
}
DL_SHAPE_RULE(TransposeOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(SliceOp::Adaptor op, Shapes &shapes) {
  const DimVector &x = shapes.operands[0];
  FailureOr<DimVector> starts = shapes.parse(op.getStarts()), dims = shapes.parse(op.getDims());
  if (failed(starts) || failed(dims))
    return failure();
  if (starts->size() != x.size() || dims->size() != x.size() || op.getStrides().size() != x.size())
    return shapes.error("expected one start, extent and stride for each of ", x.size(), " axes");
  for (size_t i = 0; i < x.size(); ++i) {
    int64_t stride = op.getStrides()[i];
    if (stride < 1) // C2
      return shapes.error("stride ", stride, " in axis ", i, " is not positive");
    if (failed(
            shapes.requireAtLeast("extent of axis " + Twine(i), x[i], (*starts)[i] + spanOf((*dims)[i], stride)))) // C1
      return failure();
  }
  return ShapeList{*dims};
}
DL_SHAPE_RULE(SliceOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(PadOp::Adaptor op, Shapes &shapes) {
  DimVector x = shapes.operands[0];
  FailureOr<DimVector> low = shapes.parse(op.getLow()), high = shapes.parse(op.getHigh()); // C1
  if (failed(low) || failed(high))
    return failure();
  if (low->size() != x.size() || high->size() != x.size() || op.getInterior().size() != x.size())
    return shapes.error("expected one low, high and interior for each of ", x.size(), " axes");
  if (!shapes.operands[1].empty()) // C2
    return shapes.error("padding value has rank ", shapes.operands[1].size(), ", expected 0");
  for (size_t i = 0; i < x.size(); ++i) {
    int64_t interior = op.getInterior()[i];
    if (interior < 0) // C1
      return shapes.error("interior ", interior, " in axis ", i, " is negative");
    bool named = cast<RankedTensorType>(op.getInput().getType()).isDynamicDim(i);
    if (interior && named && failed(shapes.requireAtLeast("extent of axis " + Twine(i), x[i], 1))) // C3
      return failure();
    x[i] = spanOf(x[i], interior + 1) + (*low)[i] + (*high)[i];
  }
  return ShapeList{x};
}
DL_SHAPE_RULE(PadOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(ConcatOp::Adaptor op, Shapes &shapes) {
  if (shapes.operands.empty())
    return shapes.error("expected one operand or more");
  DimVector result = shapes.operands[0];
  int64_t axis = op.getAxis();
  if (failed(shapes.checkAxes("axis", {axis}, result.size())))
    return failure();
  for (size_t k = 1; k < shapes.operands.size(); ++k) {
    const DimVector &x = shapes.operands[k];
    if (x.size() != result.size() || elementTypeOf(op.getInputs()[k]) != elementTypeOf(op.getInputs()[0])) // C1
      return shapes.error("operand ", k, " differs from the first in rank or element type");
    for (size_t i = 0; i < x.size(); ++i) {
      if (static_cast<int64_t>(i) == axis)
        result[i] = result[i] + x[i];
      else if (!Shapes::agree(result[i], x[i])) // C2
        return shapes.error("operand ", k, " has extent ", x[i].str(), " in axis ", i, ", expected ", result[i].str());
      else
        result[i] = Shapes::better(result[i], x[i]);
    }
  }
  return ShapeList{result};
}
DL_SHAPE_RULE(ConcatOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(ReverseOp::Adaptor op, Shapes &shapes) {
  if (failed(shapes.checkAxes("reverse", op.getAxes(), shapes.operands[0].size())))
    return failure();
  return ShapeList{shapes.operands[0]};
}
DL_SHAPE_RULE(ReverseOp, elementTypeOf(operands[0]))

/// `data` with axis `axis` replaced by the axes of `indices`.
static DimVector gathered(const DimVector &data, const DimVector &indices, int64_t axis) {
  DimVector result(data.begin(), data.begin() + axis);
  result.append(indices.begin(), indices.end());
  result.append(data.begin() + axis + 1, data.end());
  return result;
}
static FailureOr<ShapeList> shapeRule(GatherOp::Adaptor op, Shapes &shapes) {
  int64_t axis = op.getAxis();
  if (failed(shapes.checkAxes("axis", {axis}, shapes.operands[0].size())))
    return failure();
  return ShapeList{gathered(shapes.operands[0], shapes.operands[1], axis)};
}
DL_SHAPE_RULE(GatherOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(ScatterAddOp::Adaptor op, Shapes &shapes) {
  FailureOr<ShapeList> list = declared(op, shapes);
  int64_t axis = op.getAxis();
  if (failed(list) || failed(shapes.checkAxes("axis", {axis}, (*list)[0].size())))
    return failure();
  DimVector expected = gathered((*list)[0], shapes.operands[0], axis);
  const DimVector &given = shapes.operands[1];
  if (expected.size() != given.size())
    return shapes.error("updates have rank ", given.size(), ", expected ", expected.size());
  for (size_t i = 0; i < given.size(); ++i)
    if (!Shapes::agree(expected[i], given[i]))
      return shapes.error("updates have extent ", given[i].str(), " in axis ", i, ", expected ", expected[i].str());
  return list;
}
DL_SHAPE_RULE(ScatterAddOp, elementTypeOf(operands[1]))

static FailureOr<ShapeList> shapeRule(CheckIndexOp::Adaptor op, Shapes &shapes) {
  if (failed(shapes.parse(ArrayAttr::get(op.getDim().getContext(), {op.getDim()}))))
    return failure();
  return ShapeList{shapes.operands[0]};
}
DL_SHAPE_RULE(CheckIndexOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(PackOp::Adaptor op, Shapes &shapes) {
  DimVector x = shapes.operands[0];
  int64_t width = op.getWidth();
  if (x.size() < 2 || width < 1)
    return shapes.error("expected rank 2 or more and a positive width, given rank ", x.size(), " and width ", width);
  DimExpr k = x[x.size() - 2], n = x.back();
  x[x.size() - 2] = n.ceilDiv(width);
  x.back() = k;
  x.push_back(DimExpr(width));
  return ShapeList{x};
}
DL_SHAPE_RULE(PackOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(UnpackOp::Adaptor op, Shapes &shapes) {
  DimVector x = shapes.operands[0];
  if (x.size() < 3)
    return shapes.error("input has rank ", x.size(), ", expected 3 or more");
  if (failed(
          shapes.requireAtLeast("number of columns in panels", x[x.size() - 3] * x.back(), DimExpr(op.getColumns()))))
    return failure();
  x[x.size() - 3] = x[x.size() - 2];
  x[x.size() - 2] = DimExpr(op.getColumns());
  x.pop_back();
  return ShapeList{x};
}
DL_SHAPE_RULE(UnpackOp, elementTypeOf(operands[0]))
