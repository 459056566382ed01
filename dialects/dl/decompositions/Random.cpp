// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/Arithmetic.h"

using namespace mlir;
using namespace dlc::dl;

// x / (1 - rate) where uniform >= rate. The factor is taken in f32: a bf16 1 / (1 - rate)
// would shift every mean.
SmallVector<Value> DropoutOp::decompose(DlBuilder &b) {
  double rate = getRate().convertToDouble();
  Term x(b, getInput()), training(b, getTraining());
  Term uniform(b, b.create<RandomUniformOp>(getSeed(), getStep(), getStreamAttr(), b.dimsAttr(getInput())));
  Term kept = (x.wide() * (1 / (1 - rate))).as(elementTypeOf(getInput()));
  return {select(training, select(uniform >= rate, kept, 0.0), x)};
}
