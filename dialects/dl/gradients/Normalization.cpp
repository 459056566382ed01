// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/Arithmetic.h"

using namespace mlir;
using namespace dlc::dl;

// dx = y (g - sum(g y))
SmallVector<Value> SoftmaxOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool>) {
  int64_t axis = getAxis();
  Term g = Term(b, cotangents[0]).wide(), y = Term(b, getResult()).wide();
  return {(y * (g - sum(g * y, axis))).as(elementTypeOf(getInput()))};
}

// dx = g - e^y sum(g)
SmallVector<Value> LogSoftmaxOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool>) {
  int64_t axis = getAxis();
  Term g = Term(b, cotangents[0]).wide(), y = Term(b, getResult()).wide();
  return {(g - exp(y) * sum(g, axis)).as(elementTypeOf(getInput()))};
}
