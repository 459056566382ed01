// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shapes of normalizations, losses, random numbers, optimizers.
#include "dialects/dl/shapes/Shapes.h"

using namespace mlir;
using namespace dlc::dl;

/// `given` agrees with `expected` in every axis.
static LogicalResult checkSame(Shapes &shapes, StringRef what, ArrayRef<DimExpr> expected, ArrayRef<DimExpr> given) {
  if (expected.size() != given.size())
    return shapes.error(what, " has rank ", given.size(), ", expected ", expected.size());
  for (size_t i = 0; i < expected.size(); ++i)
    if (!Shapes::agree(expected[i], given[i]))
      return shapes.error(what, " has extent ", given[i].str(), " in axis ", i, ", expected ", expected[i].str());
  return success();
}

//===-- Normalization ----------------------------------------------------===//
template <typename Adaptor> static FailureOr<ShapeList> sameWithAxis(Adaptor op, Shapes &shapes) {
  if (failed(shapes.checkAxes("axis", {static_cast<int64_t>(op.getAxis())}, shapes.operands[0].size())))
    return failure();
  return ShapeList{shapes.operands[0]};
}
static FailureOr<ShapeList> shapeRule(SoftmaxOp::Adaptor op, Shapes &shapes) { return sameWithAxis(op, shapes); }
DL_SHAPE_RULE(SoftmaxOp, elementTypeOf(operands[0]))
static FailureOr<ShapeList> shapeRule(LogSoftmaxOp::Adaptor op, Shapes &shapes) { return sameWithAxis(op, shapes); }
DL_SHAPE_RULE(LogSoftmaxOp, elementTypeOf(operands[0]))

static FailureOr<ShapeList> shapeRule(LayerNormOp::Adaptor op, Shapes &shapes) {
  FailureOr<ShapeList> list = sameWithAxis(op, shapes);
  if (failed(list))
    return failure();
  ArrayRef<DimExpr> normalised = ArrayRef<DimExpr>(shapes.operands[0]).drop_front(op.getAxis());
  if (failed(checkSame(shapes, "scale", normalised, shapes.operands[1])) ||
      failed(checkSame(shapes, "bias", normalised, shapes.operands[2])))
    return failure();
  return list;
}
DL_SHAPE_RULE(LayerNormOp, elementTypeOf(operands[0]))

static LogicalResult checkChannels(Shapes &shapes, ArrayRef<StringRef> names) {
  if (shapes.operands[0].size() < 2)
    return shapes.error("input has rank ", shapes.operands[0].size(), ", expected 2 or more");
  for (auto [i, name] : llvm::enumerate(names))
    if (failed(checkSame(shapes, name, {shapes.operands[0][1]}, shapes.operands[i + 1])))
      return failure();
  return success();
}
static FailureOr<ShapeList> shapeRule(BatchNormOp::Adaptor, Shapes &shapes) {
  if (failed(checkChannels(shapes, {"scale", "bias", "mean", "variance"})))
    return failure();
  return ShapeList{shapes.operands[0]};
}
DL_SHAPE_RULE(BatchNormOp, elementTypeOf(operands[0]))
static FailureOr<ShapeList> shapeRule(BatchNormTrainOp::Adaptor, Shapes &shapes) {
  if (failed(checkChannels(shapes, {"scale", "bias"})))
    return failure();
  DimVector channels{shapes.operands[0][1]};
  return ShapeList{shapes.operands[0], channels, channels};
}
DL_SHAPE_RULE(BatchNormTrainOp, elementTypeOf(operands[0]))

//===-- Loss -------------------------------------------------------------===//
static FailureOr<ShapeList> shapeRule(CrossEntropyOp::Adaptor, Shapes &shapes) {
  if (shapes.operands[0].empty())
    return shapes.error("logits have rank 0, expected 1 or more");
  if (failed(checkSame(shapes, "labels", ArrayRef<DimExpr>(shapes.operands[0]).drop_back(), shapes.operands[1])))
    return failure();
  return ShapeList{DimVector{}};
}
DL_SHAPE_RULE(CrossEntropyOp, elementTypeOf(operands[0]))

#define DL_LOSS_RULE(OP)                                                                                               \
  static FailureOr<ShapeList> shapeRule(OP::Adaptor, Shapes &shapes) {                                                 \
    if (failed(checkSame(shapes, "targets", shapes.operands[0], shapes.operands[1])))                                  \
      return failure();                                                                                                \
    return ShapeList{DimVector{}};                                                                                     \
  }                                                                                                                    \
  DL_SHAPE_RULE(OP, elementTypeOf(operands[0]))
DL_LOSS_RULE(CrossEntropyDenseOp)
DL_LOSS_RULE(MseOp)
DL_LOSS_RULE(BceWithLogitsOp)

//===-- Random -----------------------------------------------------------===//
#define DL_RANDOM_RULE(OP, ELEMENT)                                                                                    \
  static FailureOr<ShapeList> shapeRule(OP::Adaptor op, Shapes &shapes) {                                              \
    FailureOr<DimVector> dims = shapes.parse(op.getDims());                                                            \
    return failed(dims) ? FailureOr<ShapeList>(failure()) : FailureOr<ShapeList>(ShapeList{*dims});                    \
  }                                                                                                                    \
  DL_SHAPE_RULE(OP, ELEMENT)
DL_RANDOM_RULE(RandomBitsOp, IntegerType::get(context, 32))
DL_RANDOM_RULE(RandomUniformOp, Float32Type::get(context))
DL_RANDOM_RULE(RandomNormalOp, Float32Type::get(context))

static FailureOr<ShapeList> shapeRule(DropoutOp::Adaptor op, Shapes &shapes) {
  double rate = op.getRate().convertToDouble();
  if (!(rate >= 0 && rate < 1))
    return shapes.error("rate is ", rate, ", expected 0 <= rate < 1");
  if (!shapes.operands[1].empty())
    return shapes.error("training flag has rank ", shapes.operands[1].size(), ", expected 0");
  return ShapeList{shapes.operands[0]};
}
DL_SHAPE_RULE(DropoutOp, elementTypeOf(operands[0]))

//===-- Training ---------------------------------------------------------===//
static LogicalResult checkOptimizer(Shapes &shapes, ArrayRef<StringRef> names) {
  for (auto [i, name] : llvm::enumerate(names))
    if (failed(checkSame(shapes, name, shapes.operands[0], shapes.operands[i + 1])))
      return failure();
  return success();
}
static FailureOr<ShapeList> shapeRule(SgdOp::Adaptor, Shapes &shapes) {
  if (failed(checkOptimizer(shapes, {"gradient"})))
    return failure();
  return ShapeList{shapes.operands[0]};
}
DL_SHAPE_RULE(SgdOp, elementTypeOf(operands[0]))
static FailureOr<ShapeList> shapeRule(MomentumOp::Adaptor, Shapes &shapes) {
  if (failed(checkOptimizer(shapes, {"gradient", "velocity"})))
    return failure();
  return ShapeList{shapes.operands[0], shapes.operands[0]};
}
DL_SHAPE_RULE(MomentumOp, elementTypeOf(operands[0]))
static FailureOr<ShapeList> shapeRule(AdamOp::Adaptor, Shapes &shapes) {
  if (failed(checkOptimizer(shapes, {"gradient", "first moment", "second moment"})))
    return failure();
  return ShapeList{shapes.operands[0], shapes.operands[0], shapes.operands[0]};
}
DL_SHAPE_RULE(AdamOp, elementTypeOf(operands[0]))

//===-- Control and kernels ----------------------------------------------===//
static FailureOr<ShapeList> shapeRule(StopGradientOp::Adaptor, Shapes &shapes) { return ShapeList{shapes.operands[0]}; }
DL_SHAPE_RULE(StopGradientOp, elementTypeOf(operands[0]))

FailureOr<DimVector> GradientOp::inferDims(unsigned result, DimAnalysis &dims) {
  OperandRange values = getBody().front().getTerminator()->getOperands();
  if (result < values.size())
    return DimVector(dims.of(values[result]));
  // A gradient has the extents of what it is taken of; those of symbols are static.
  size_t input = result - values.size();
  if (input >= getSymbols().size())
    return DimVector(dims.of(getInputs()[input - getSymbols().size()]));
  unsigned fresh = 0;
  return extentsOf(getResult(result).getType(), fresh);
}

LogicalResult GradientOp::checkExtents(Shapes &) { return success(); }
LogicalResult LaunchOp::checkExtents(Shapes &) { return success(); }

LogicalResult ScanOp::checkExtents(Shapes &shapes) {
  FailureOr<DimVector> length = shapes.parse(ArrayAttr::get(getContext(), {getLength()}));
  if (failed(length))
    return failure();
  for (size_t i = 0; i < getSequences().size(); ++i) // C1
    if (failed(shapes.requireEqual("number of steps of sequence " + Twine(i), shapes.operands[getInits().size() + i][0],
                                   (*length)[0])))
      return failure();
  return success();
}

FailureOr<DimVector> ScanOp::inferDims(unsigned result, DimAnalysis &dims) {
  if (result < getInits().size())
    return DimVector(dims.of(getInits()[result]));
  FailureOr<DimExpr> length = DimExpr::fromAttr(getLength());
  if (failed(length))
    return emitOpError("length ") << getLength() << " is no dimension expression";
  DimVector stacked{*length};
  llvm::append_range(stacked, DimVector(dims.of(getBody().front().getTerminator()->getOperand(result))));
  return stacked;
}

FailureOr<DimVector> LaunchOp::inferDims(unsigned result, DimAnalysis &dims) {
  // A kernel's extents are named like its callers': it is made from one entry.
  if (auto code = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(*this, getKernelAttr()))
    if (auto declared = code->getAttrOfType<ArrayAttr>("dl.result_dims"); declared && result < declared.size())
      return fromAttr(cast<ArrayAttr>(declared[result]));
  auto kernel = SymbolTable::lookupNearestSymbolFrom<KernelOp>(*this, getKernelAttr());
  if (!kernel)
    return emitOpError("calls unknown kernel ") << getKernelAttr();
  return DimVector(dims.of(kernel.getBody().front().getTerminator()->getOperand(result)));
}
