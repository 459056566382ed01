// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Folding and canonicalisation. A fold never makes a constant larger than
// `foldLimit` elements, so that weights stay resources and compile time is bounded.
#include "dialects/dl/Dl.h"
#include "dialects/dl/evaluate/Evaluator.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace dlc::dl;

static constexpr int64_t foldLimit = 1024;

/// The op evaluated on constant operands; null when an operand is unknown, the
/// result is large or its extents are not static.
static OpFoldResult evaluated(Operation *op, ArrayRef<Attribute> operands) {
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (!type || !type.hasStaticShape() || type.getNumElements() > foldLimit)
    return {};
  SmallVector<Tensor> values;
  for (Attribute operand : operands) {
    auto elements = dyn_cast_or_null<ElementsAttr>(operand);
    if (!elements || elements.getNumElements() > foldLimit)
      return {};
    FailureOr<Tensor> value = Tensor::fromAttr(elements);
    if (failed(value))
      return {};
    values.push_back(std::move(*value));
  }
  SmallVector<const Tensor *> pointers;
  for (const Tensor &value : values)
    pointers.push_back(&value);
  Evaluator evaluator{ModuleOp()};
  auto evaluable = dyn_cast<EvaluableOpInterface>(op);
  if (!evaluable)
    return {};
  FailureOr<SmallVector<Tensor>> results = evaluable.evaluate(pointers, evaluator);
  if (failed(results) || ArrayRef<int64_t>((*results)[0].shape) != type.getShape())
    return {};
  return Attribute((*results)[0].toAttr());
}

/// A splat constant's value as a double.
static std::optional<double> splatOf(Attribute attr) {
  auto elements = dyn_cast_or_null<DenseElementsAttr>(attr);
  if (!elements || !elements.isSplat())
    return {};
  if (isa<FloatType>(elements.getElementType()))
    return elements.getSplatValue<APFloat>().convertToDouble();
  return static_cast<double>(elements.getSplatValue<APInt>().getSExtValue());
}
static bool keepsType(Operation *op, Value value) { return value.getType() == op->getResult(0).getType(); }

OpFoldResult NegOp::fold(FoldAdaptor adaptor) {
  if (auto inner = getInput().getDefiningOp<NegOp>(); inner && keepsType(*this, inner.getInput()))
    return inner.getInput(); // --x = x
  return evaluated(*this, adaptor.getOperands());
}
OpFoldResult AddOp::fold(FoldAdaptor adaptor) {
  // x + 0 = x for integers; -0 + 0 = 0 differs, so floats need -0, or an x that cannot be -0: left alone.
  if (isa<IntegerType>(elementTypeOf(getResult()))) {
    if (splatOf(adaptor.getRhs()) == 0.0 && keepsType(*this, getLhs()))
      return getLhs();
    if (splatOf(adaptor.getLhs()) == 0.0 && keepsType(*this, getRhs()))
      return getRhs();
  }
  return evaluated(*this, adaptor.getOperands());
}
OpFoldResult SubOp::fold(FoldAdaptor adaptor) {
  if (splatOf(adaptor.getRhs()) == 0.0 && !std::signbit(*splatOf(adaptor.getRhs())) && keepsType(*this, getLhs()))
    return getLhs(); // x - 0 = x
  return evaluated(*this, adaptor.getOperands());
}
OpFoldResult MulOp::fold(FoldAdaptor adaptor) {
  if (splatOf(adaptor.getRhs()) == 1.0 && keepsType(*this, getLhs()))
    return getLhs(); // x 1 = x
  if (splatOf(adaptor.getLhs()) == 1.0 && keepsType(*this, getRhs()))
    return getRhs();
  return evaluated(*this, adaptor.getOperands());
}
OpFoldResult DivOp::fold(FoldAdaptor adaptor) {
  if (splatOf(adaptor.getRhs()) == 1.0 && keepsType(*this, getLhs()))
    return getLhs(); // x / 1 = x
  return evaluated(*this, adaptor.getOperands());
}
OpFoldResult SelectOp::fold(FoldAdaptor adaptor) {
  if (std::optional<double> condition = splatOf(adaptor.getCondition())) {
    Value chosen = *condition != 0.0 ? getLhs() : getRhs();
    if (keepsType(*this, chosen))
      return chosen;
  }
  return evaluated(*this, adaptor.getOperands());
}
OpFoldResult CastOp::fold(FoldAdaptor adaptor) {
  if (keepsType(*this, getInput()))
    return getInput();
  return evaluated(*this, adaptor.getOperands());
}
OpFoldResult DropoutOp::fold(FoldAdaptor adaptor) {
  bool off = splatOf(adaptor.getTraining()) == 0.0 || getRate().isZero();
  return off && keepsType(*this, getInput()) ? OpFoldResult(getInput()) : OpFoldResult();
}

//===-- Movement ---------------------------------------------------------===//

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValueAttr(); }
OpFoldResult DimOp::fold(FoldAdaptor) {
  auto type = cast<RankedTensorType>(getInput().getType());
  if (type.isDynamicDim(getAxis()))
    return {};
  return DenseElementsAttr::get(cast<ShapedType>(getType()), APInt(64, type.getDimSize(getAxis())));
}
/// The same static type in and out changes nothing.
static bool isStaticIdentity(Operation *op) {
  return keepsType(op, op->getOperand(0)) && cast<RankedTensorType>(op->getResult(0).getType()).hasStaticShape();
}
OpFoldResult BroadcastOp::fold(FoldAdaptor) {
  return isStaticIdentity(*this) ? OpFoldResult(getInput()) : OpFoldResult();
}
OpFoldResult ReshapeOp::fold(FoldAdaptor adaptor) {
  if (isStaticIdentity(*this))
    return getInput();
  if (auto elements = dyn_cast_or_null<DenseElementsAttr>(adaptor.getInput()); elements && getType().hasStaticShape())
    return Attribute(elements.reshape(getType()));
  return {};
}
OpFoldResult TransposeOp::fold(FoldAdaptor adaptor) {
  if (llvm::is_sorted(getPermutation()) && keepsType(*this, getInput()))
    return getInput();
  return evaluated(*this, adaptor.getOperands());
}
OpFoldResult SliceOp::fold(FoldAdaptor adaptor) {
  if (isStaticIdentity(*this))
    return getInput(); // inside the input, so nothing else fits
  auto isNumber = [](Attribute extent) { return isa<IntegerAttr>(extent); };
  if (!llvm::all_of(getStarts(), isNumber) || !llvm::all_of(getDims(), isNumber))
    return {}; // names have no values yet
  return evaluated(*this, adaptor.getOperands());
}

namespace {
/// reshape(reshape(x)) = reshape(x)
struct MergeReshapes : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReshapeOp op, PatternRewriter &rewriter) const override {
    auto inner = op.getInput().getDefiningOp<ReshapeOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "input is no reshape");
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), inner.getInput(), op.getDims());
    return success();
  }
};
/// transpose(transpose(x, p), q)[i] = transpose(x, p[q[i]])
struct MergeTransposes : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(TransposeOp op, PatternRewriter &rewriter) const override {
    auto inner = op.getInput().getDefiningOp<TransposeOp>();
    if (!inner)
      return rewriter.notifyMatchFailure(op, "input is no transpose");
    SmallVector<int64_t> permutation;
    for (int64_t axis : op.getPermutation())
      permutation.push_back(inner.getPermutation()[axis]);
    rewriter.replaceOpWithNewOp<TransposeOp>(op, op.getType(), inner.getInput(), permutation);
    return success();
  }
};
} // namespace

void ReshapeOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<MergeReshapes>(context);
}
void TransposeOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<MergeTransposes>(context);
}

/// The argument whose values these are, moved about or widened but none of them changed.
static BlockArgument valuesOf(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    auto cast = dyn_cast<CastOp>(op);
    Type from = elementTypeOf(op->getOperand(0)), to = elementTypeOf(value);
    bool widens = cast && isa<IntegerType>(from) && isa<IntegerType>(to) &&
                  to.getIntOrFloatBitWidth() > from.getIntOrFloatBitWidth();
    if (!widens && !isa<ReshapeOp, TransposeOp, SliceOp, ReverseOp, BroadcastOp>(op))
      return {};
    value = op->getOperand(0);
  }
  return dyn_cast<BlockArgument>(value);
}
OpFoldResult CheckIndexOp::fold(FoldAdaptor) {
  BlockArgument argument = valuesOf(getInput());
  auto function = argument ? dyn_cast_or_null<func::FuncOp>(argument.getOwner()->getParentOp()) : func::FuncOp();
  auto bound = dyn_cast<IntegerAttr>(getDim());
  auto below = function ? function.getArgAttrOfType<IntegerAttr>(argument.getArgNumber(), "dl.below") : IntegerAttr();
  bool same = getInput().getType() == getType();
  return same && bound && below && below.getInt() <= bound.getInt() ? OpFoldResult(getInput()) : OpFoldResult();
}
