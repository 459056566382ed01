// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/DlBuilder.h"

using namespace mlir;
using namespace dlc::dl;

/// `To` over the windows of `op`.
template <typename To, typename Like, typename... Operands>
static Value windows(DlBuilder &b, Like op, Operands... operands) {
  return b.create<To>(operands..., op.getWindowAttr(), op.getStridesAttr(), op.getLowAttr(), op.getHighAttr(),
                      op.getChannelsLastAttr());
}

// The first largest element of each window takes its cotangent.
SmallVector<Value> MaxPoolOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool>) {
  return {windows<MaxPoolGradOp>(b, *this, getInput(), cotangents[0])};
}
// Linear in the cotangent, and constant in x almost everywhere.
SmallVector<Value> MaxPoolGradOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool> needed) {
  return {Value(), needed[1] ? windows<MaxPoolPickOp>(b, *this, getInput(), cotangents[0]) : Value()};
}
SmallVector<Value> MaxPoolPickOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool> needed) {
  return {Value(), needed[1] ? windows<MaxPoolGradOp>(b, *this, getInput(), cotangents[0]) : Value()};
}
SmallVector<Value> SumPoolOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool>) {
  return {windows<SumPoolGradOp>(b, *this, cotangents[0], b.dimsAttr(getInput()))};
}
SmallVector<Value> SumPoolGradOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool>) {
  return {windows<SumPoolOp>(b, *this, cotangents[0])};
}
