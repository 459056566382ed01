// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Losses of 16-bit operands are computed in f32.
#include "dialects/dl/Arithmetic.h"

using namespace mlir;
using namespace dlc::dl;

/// The sum of all terms, divided by the number of elements along the first
/// `axes` axes of `counted` unless the loss is a sum.
template <typename Loss>
static SmallVector<Value> total(DlBuilder &b, Loss op, Term terms, Value counted, int64_t axes) {
  auto first = [](int64_t n) { return llvm::to_vector(llvm::seq<int64_t>(0, n)); };
  Term result(b, b.reduceSum(terms, first(DlBuilder::rank(terms))));
  if (!op.getSum())
    result = result / Term(b, b.count(counted, first(axes), elementTypeOf(terms)));
  return {result.as(elementTypeOf(op.getResult()))};
}

// A row's loss is log(sum of e^(z - m)) - (z[label] - m). The label's logit is
// found by comparison: a row is read anyway, and its gradient is a select.
SmallVector<Value> CrossEntropyOp::decompose(DlBuilder &b) {
  Term z = Term(b, getLogits()).wide();
  int64_t axis = DlBuilder::rank(z) - 1;
  Term shifted = z - stopGradient(largest(z, axis));
  // Bytes become wider, so that any number of classes can be counted.
  Type type = elementTypeOf(getLabels());
  Value checked = b.create<CheckIndexOp>(getLabels(), b.dims(z)[axis].toAttr(b.context()));
  Term labels = Term(b, checked).as(type.getIntOrFloatBitWidth() < 32 ? b.builder.getI32Type() : type);
  DimVector line(DlBuilder::rank(z), DimExpr(1));
  line[axis] = b.dims(z)[axis];
  SmallVector<int64_t> extents(line.size(), 1);
  extents[axis] = line[axis].isConstant() ? line[axis].constant() : ShapedType::kDynamic;
  Term classes(b, b.create<IotaOp>(RankedTensorType::get(extents, elementTypeOf(labels)),
                                   b.builder.getI64IntegerAttr(axis), toAttr(b.context(), line)));
  Term isLabel = classes == Term(b, b.expandDims(labels, axis));
  Term losses = log(sum(exp(shifted), axis)) - sum(select(isLabel, shifted, 0.0), axis);
  return total(b, *this, losses, getLabels(), axis);
}

SmallVector<Value> CrossEntropyDenseOp::decompose(DlBuilder &b) {
  Term z = Term(b, getLogits()).wide(), p = Term(b, getTargets()).wide();
  int64_t axis = DlBuilder::rank(z) - 1;
  Term logs(b, b.create<LogSoftmaxOp>(z.get(), b.builder.getI64IntegerAttr(axis)));
  return total(b, *this, -(p * logs), getLogits(), axis);
}

SmallVector<Value> MseOp::decompose(DlBuilder &b) {
  Term difference = Term(b, getPrediction()).wide() - Term(b, getTargets()).wide();
  return total(b, *this, difference * difference, getPrediction(), DlBuilder::rank(difference));
}

SmallVector<Value> BceWithLogitsOp::decompose(DlBuilder &b) {
  Term z = Term(b, getLogits()).wide(), y = Term(b, getTargets()).wide();
  return total(b, *this, unary<SoftplusOp>(z) - z * y, getLogits(), DlBuilder::rank(z));
}
