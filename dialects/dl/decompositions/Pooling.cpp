// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/Arithmetic.h"

using namespace mlir;
using namespace dlc::dl;

static Term sumPool(AvgPoolOp op, Term x) {
  return x.of(x.b().create<SumPoolOp>(x.get(), op.getWindowAttr(), op.getStridesAttr(), op.getLowAttr(),
                                      op.getHighAttr(), op.getChannelsLastAttr()));
}

SmallVector<Value> AvgPoolOp::decompose(DlBuilder &b) {
  Term x = Term(b, getInput()).wide();
  Type type = elementTypeOf(getInput());
  auto isPadding = [](int64_t n) { return n != 0; };
  bool padded = llvm::any_of(getLow(), isPadding) || llvm::any_of(getHigh(), isPadding);
  if (!padded || getCountPadding()) {
    double elements = 1;
    for (int64_t extent : getWindow())
      elements *= static_cast<double>(extent);
    return {(sumPool(*this, x) / elements).as(type)};
  }
  // At the border a window holds fewer elements: as many as it sums ones.
  DimVector dims(b.dims(x));
  dims[0] = DimExpr(1);
  dims[getChannelsLast() ? dims.size() - 1 : 1] = DimExpr(1);
  Term elements = sumPool(*this, Term(b, b.full(1.0, elementTypeOf(x), dims)));
  return {(sumPool(*this, x) / elements).as(type)};
}
