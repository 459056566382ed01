// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Activations. Those with an exponential compute 16-bit operands in f32.
#include "dialects/dl/Arithmetic.h"
#include <numbers>

using namespace mlir;
using namespace dlc::dl;

#define DL_ACTIVATION(OP, EXPRESSION)                                                                                  \
  SmallVector<Value> OP::decompose(DlBuilder &b) {                                                                     \
    Term x = Term(b, getInput()).wide();                                                                               \
    return {Term(EXPRESSION).as(elementTypeOf(getInput()))};                                                           \
  }

SmallVector<Value> ReluOp::decompose(DlBuilder &b) { return {max(Term(b, getInput()), 0.0)}; }
DL_ACTIVATION(LeakyReluOp, select(x > 0, x, getAlpha().convertToDouble() * x))
// The minimum keeps the branch not taken finite, for its gradient's sake.
DL_ACTIVATION(EluOp, select(x > 0, x, getAlpha().convertToDouble() * expm1(min(x, 0.0))))

static Term gelu(Term x) { return 0.5 * x * (1 + erf(x * (1 / std::numbers::sqrt2))); }
static Term geluTanh(Term x) {
  double k = std::numbers::sqrt2 * std::numbers::inv_sqrtpi;
  return 0.5 * x * (1 + tanh(k * x * (1 + 0.044715 * (x * x))));
}
DL_ACTIVATION(GeluOp, getTanh() ? geluTanh(x) : gelu(x))
DL_ACTIVATION(SiluOp, x *sigmoid(x))
DL_ACTIVATION(SoftplusOp, max(x, 0.0) + log1p(exp(-abs(x))))
DL_ACTIVATION(HardSigmoidOp, min(max(getAlpha().convertToDouble() * x + getBeta().convertToDouble(), 0.0), 1.0))
