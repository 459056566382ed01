// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// conv is bilinear in input and filter; its two gradients are bilinear too, and
// the three are each other's.
#include "dialects/dl/DlBuilder.h"

using namespace mlir;
using namespace dlc::dl;

/// y = conv(x, w)
template <typename Like> static Value conv(DlBuilder &b, Like op, Value x, Value w) {
  return b.create<ConvOp>(x, w, op.getStridesAttr(), op.getLowAttr(), op.getHighAttr(), op.getDilationsAttr(),
                          op.getGroupsAttr(), op.getChannelsLastAttr());
}
/// dx, of the extents of `x`
template <typename Like> static Value inputGrad(DlBuilder &b, Like op, Value dy, Value w, Value x) {
  return b.create<ConvInputGradOp>(dy, w, b.dimsAttr(x), op.getStridesAttr(), op.getLowAttr(), op.getHighAttr(),
                                   op.getDilationsAttr(), op.getGroupsAttr(), op.getChannelsLastAttr());
}
/// dw, of the extents of `w`
template <typename Like> static Value filterGrad(DlBuilder &b, Like op, Value x, Value dy, Value w) {
  return b.create<ConvFilterGradOp>(x, dy, b.dimsAttr(w), op.getStridesAttr(), op.getLowAttr(), op.getHighAttr(),
                                    op.getDilationsAttr(), op.getGroupsAttr(), op.getChannelsLastAttr());
}

SmallVector<Value> ConvOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool> needed) {
  Value g = cotangents[0], x = getInput(), w = getFilter();
  return {needed[0] ? inputGrad(b, *this, g, w, x) : Value(), needed[1] ? filterGrad(b, *this, x, g, w) : Value()};
}
// <g, input_grad(dy, w)> = <conv(g, w), dy>
SmallVector<Value> ConvInputGradOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool> needed) {
  Value g = cotangents[0], dy = getCotangent(), w = getFilter();
  return {needed[0] ? conv(b, *this, g, w) : Value(), needed[1] ? filterGrad(b, *this, g, dy, w) : Value()};
}
// <g, filter_grad(x, dy)> = <conv(x, g), dy>
SmallVector<Value> ConvFilterGradOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool> needed) {
  Value g = cotangents[0], x = getInput(), dy = getCotangent();
  return {needed[0] ? inputGrad(b, *this, dy, g, x) : Value(), needed[1] ? conv(b, *this, x, g) : Value()};
}
