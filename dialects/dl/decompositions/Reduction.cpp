// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/Arithmetic.h"
#include <limits>

using namespace mlir;
using namespace dlc::dl;

SmallVector<Value> ReduceMeanOp::decompose(DlBuilder &b) {
  Term x = Term(b, getInput()).wide();
  Term total(b, b.reduceSum(x, getAxes(), getKeepDims()));
  return {(total / Term(b, b.count(x, getAxes(), elementTypeOf(x)))).as(elementTypeOf(getInput()))};
}

// m + log(sum of e^(x - m)). An infinite m would make x - m NaN: there 0 serves,
// and the result is the infinity.
SmallVector<Value> LogSumExpOp::decompose(DlBuilder &b) {
  Term x = Term(b, getInput()).wide();
  Term m = stopGradient(largest(x, getAxes()));
  m = select(abs(m) == std::numeric_limits<double>::infinity(), 0.0, m);
  Value result = m + log(sum(exp(x - m), getAxes()));
  return {b.cast(b.reshape(result, b.dims(getResult())), elementTypeOf(getInput()))};
}
