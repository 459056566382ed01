// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Folding and canonicalisation: what an op's `fold` knows of it alone, and
// after that the evaluator, for constants up to the module's limit.
#include "dialects/dl/Fold.h"
#include "dialects/dl/evaluate/Evaluator.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/FoldInterfaces.h"

using namespace mlir;
using namespace dlc::dl;

int64_t dlc::dl::foldLimitOf(Operation *op) {
  auto module = op->getParentOfType<ModuleOp>();
  auto limit = module ? module->getAttrOfType<IntegerAttr>(foldLimitName) : IntegerAttr();
  return limit ? limit.getInt() : defaultFoldLimit;
}

static bool areNumbers(ArrayAttr extents) { // names have no values yet
  return llvm::all_of(extents, [](Attribute extent) { return isa<IntegerAttr>(extent); });
}

/// Ops that become constants where their operands are.
static bool isEvaluated(Operation *op) {
  if (auto slice = dyn_cast<SliceOp>(op))
    return areNumbers(slice.getStarts()) && areNumbers(slice.getDims());
  if (auto reshape = dyn_cast<ReshapeOp>(op))
    return areNumbers(reshape.getDims());
  return isa<NegOp, AddOp, SubOp, MulOp, DivOp, SelectOp, CastOp, TransposeOp>(op);
}

std::optional<int64_t> dlc::dl::bytesToFold(Operation *op) {
  if (!isEvaluated(op))
    return {};
  int64_t most = 0;
  for (Type each : llvm::concat<Type>(op->getOperandTypes(), op->getResultTypes())) {
    auto type = dyn_cast<RankedTensorType>(each);
    if (!type || !type.hasStaticShape())
      return {};
    int64_t count = llvm::divideCeil(type.getElementTypeBitWidth(), 8);
    for (int64_t extent : type.getShape())
      if (llvm::MulOverflow(count, extent, count))
        count = std::numeric_limits<int64_t>::max();
    most = std::max(most, count);
  }
  return most;
}

namespace {
struct FoldByEvaluating : DialectFoldInterface {
  using DialectFoldInterface::DialectFoldInterface;

  LogicalResult fold(Operation *op, ArrayRef<Attribute> operands, SmallVectorImpl<OpFoldResult> &results) const final {
    std::optional<int64_t> bytes = bytesToFold(op);
    if (!bytes || llvm::any_of(operands, [](Attribute operand) { return !isa_and_nonnull<ElementsAttr>(operand); }) ||
        *bytes > foldLimitOf(op))
      return failure();
    SmallVector<Tensor> values;
    for (Attribute operand : operands) {
      FailureOr<Tensor> value = Tensor::fromAttr(cast<ElementsAttr>(operand));
      if (failed(value))
        return failure();
      values.push_back(std::move(*value));
    }
    SmallVector<const Tensor *> pointers;
    for (const Tensor &value : values)
      pointers.push_back(&value);
    Evaluator evaluator{ModuleOp()};
    FailureOr<SmallVector<Tensor>> evaluated = cast<EvaluableOpInterface>(op).evaluate(pointers, evaluator);
    if (failed(evaluated) ||
        ArrayRef<int64_t>((*evaluated)[0].shape) != cast<RankedTensorType>(op->getResult(0).getType()).getShape())
      return failure();
    results.push_back((*evaluated)[0].toAttr());
    return success();
  }
};
} // namespace

void DlDialect::addFolding() { addInterfaces<FoldByEvaluating>(); }

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

OpFoldResult NegOp::fold(FoldAdaptor) {
  if (auto inner = getInput().getDefiningOp<NegOp>(); inner && keepsType(*this, inner.getInput()))
    return inner.getInput(); // --x = x
  return {};
}
OpFoldResult AddOp::fold(FoldAdaptor adaptor) {
  // x + 0 = x for integers; -0 + 0 = 0 differs, so floats need -0, or an x that cannot be -0: left alone.
  if (isa<IntegerType>(elementTypeOf(getResult()))) {
    if (splatOf(adaptor.getRhs()) == 0.0 && keepsType(*this, getLhs()))
      return getLhs();
    if (splatOf(adaptor.getLhs()) == 0.0 && keepsType(*this, getRhs()))
      return getRhs();
  }
  return {};
}
OpFoldResult SubOp::fold(FoldAdaptor adaptor) {
  if (splatOf(adaptor.getRhs()) == 0.0 && !std::signbit(*splatOf(adaptor.getRhs())) && keepsType(*this, getLhs()))
    return getLhs(); // x - 0 = x
  return {};
}
OpFoldResult MulOp::fold(FoldAdaptor adaptor) {
  if (splatOf(adaptor.getRhs()) == 1.0 && keepsType(*this, getLhs()))
    return getLhs(); // x 1 = x
  if (splatOf(adaptor.getLhs()) == 1.0 && keepsType(*this, getRhs()))
    return getRhs();
  return {};
}
OpFoldResult DivOp::fold(FoldAdaptor adaptor) {
  if (splatOf(adaptor.getRhs()) == 1.0 && keepsType(*this, getLhs()))
    return getLhs(); // x / 1 = x
  return {};
}
OpFoldResult SelectOp::fold(FoldAdaptor adaptor) {
  if (std::optional<double> condition = splatOf(adaptor.getCondition())) {
    Value chosen = *condition != 0.0 ? getLhs() : getRhs();
    if (keepsType(*this, chosen))
      return chosen;
  }
  return {};
}
OpFoldResult CastOp::fold(FoldAdaptor) {
  if (keepsType(*this, getInput()))
    return getInput();
  return {};
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
  auto elements = dyn_cast_or_null<DenseElementsAttr>(adaptor.getInput());
  if (elements && elements.isSplat() && getType().hasStaticShape())
    return Attribute(elements.reshape(getType())); // of any size: it is one value
  return {};
}
OpFoldResult TransposeOp::fold(FoldAdaptor) {
  if (llvm::is_sorted(getPermutation()) && keepsType(*this, getInput()))
    return getInput();
  return {};
}
OpFoldResult SliceOp::fold(FoldAdaptor) {
  if (isStaticIdentity(*this))
    return getInput(); // inside the input, so nothing else fits
  return {};
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
