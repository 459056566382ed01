// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Optimizers. 16-bit parameters are updated in f32 and rounded.
#include "dialects/dl/Arithmetic.h"
#include "dialects/dl/evaluate/Elementary.h"

using namespace mlir;
using namespace dlc::dl;

/// g + weight_decay p
static Term decayed(Term g, Term p, double weightDecay) { return weightDecay == 0 ? g : g + weightDecay * p; }

SmallVector<Value> SgdOp::decompose(DlBuilder &b) {
  Type type = elementTypeOf(getParameter());
  Term p = Term(b, getParameter()).wide(), g = Term(b, getGradient()).wide(),
       rate = Term(b, getRate()).as(elementTypeOf(p));
  return {(p - rate * decayed(g, p, getWeightDecay().convertToDouble())).as(type)};
}

SmallVector<Value> MomentumOp::decompose(DlBuilder &b) {
  Type type = elementTypeOf(getParameter());
  double momentum = getMomentum().convertToDouble();
  Term p = Term(b, getParameter()).wide(), v = Term(b, getVelocity()).wide(),
       rate = Term(b, getRate()).as(elementTypeOf(p));
  Term g = decayed(Term(b, getGradient()).as(elementTypeOf(p)), p, getWeightDecay().convertToDouble());
  Term next = momentum * v + g;
  Term step = getNesterov() ? g + momentum * next : next;
  return {(p - rate * step).as(type), next.as(elementTypeOf(getVelocity()))};
}

/// 1 - beta^t = -(e^(t log beta) - 1), with log beta rounded once: 1 - 0.999f^1 would
/// be wrong in the fifth digit, because 0.999f is.
static Term biasCorrection(Term t, double beta) { return -expm1(t * elementary::log(beta)); }

SmallVector<Value> AdamOp::decompose(DlBuilder &b) {
  Type type = elementTypeOf(getParameter());
  double beta1 = getBeta1().convertToDouble(), beta2 = getBeta2().convertToDouble(),
         weightDecay = getWeightDecay().convertToDouble();
  Term p = Term(b, getParameter()).wide();
  Type wide = elementTypeOf(p);
  Term g = Term(b, getGradient()).as(wide), m = Term(b, getFirst()).as(wide), v = Term(b, getSecond()).as(wide);
  Term rate = Term(b, getRate()).as(wide), t = (Term(b, getStep()) + 1).as(wide);
  // Scalars, once for the whole tensor.
  Term scaledRate = rate / biasCorrection(t, beta1), scale = 1 / biasCorrection(t, beta2);
  if (getDecoupled() && weightDecay != 0)
    p = p * (1 - rate * weightDecay);
  else
    g = decayed(g, p, weightDecay);
  m = beta1 * m + (1 - beta1) * g;
  v = beta2 * v + (1 - beta2) * (g * g);
  Term next = p - scaledRate * m / (sqrt(v * scale) + getEpsilon().convertToDouble());
  return {next.as(type), m.as(elementTypeOf(getFirst())), v.as(elementTypeOf(getSecond()))};
}
