// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/Arithmetic.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace dlc::dl;

// x / (1 - rate) where uniform >= rate. The factor is taken in f32: a bf16 1 / (1 - rate)
// would shift every mean.
SmallVector<Value> DropoutOp::decompose(DlBuilder &b) {
  double rate = getRate().convertToDouble();
  Term x(b, getInput()), training(b, getTraining());
  Term uniform(b, b.create<RandomUniformOp>(getSeed(), getStep(), getStreamAttr(), b.dimsAttr(getInput())));
  Term kept = (x.wide() * (1 / (1 - rate))).as(elementTypeOf(getInput()));
  Term dropped = select(uniform >= rate, kept, 0.0);
  // A flag that is known leaves no trace, in the gradient neither.
  DenseElementsAttr flag;
  if (matchPattern(getTraining(), m_Constant(&flag)))
    return {flag.getSplatValue<bool>() ? dropped : x};
  return {select(training, dropped, x)};
}
