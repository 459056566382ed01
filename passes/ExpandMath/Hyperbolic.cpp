// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// sinh, cosh and the inverse functions, in f64.
#include "passes/ExpandMath/Coefficients.h"
#include "passes/ExpandMath/Functions.h"
#include <limits>

using namespace mlir;

namespace dlc {
using namespace coefficients;

/// exp(a)/2, which overflows only where sinh and cosh do.
static Val halfExp(Val a) {
  auto [n, r, shifted] = reduceForExp(atMost(a, 711), 2 * exponentBias(a) - 1);
  return scaleByPower(expOfReduced(r), n - 1.0, shifted);
}

Val expandCosh(Val x) {
  Val half = halfExp(abs(x));
  return half + 0.25 / half;
}

Val expandSinh(Val x) {
  Val a = abs(x);
  // With t = exp(a) - 1: sinh = (t + t/(t + 1))/2, without cancellation.
  Val t = expandExpm1(atMost(a, 2));
  Val near = (t + t / (t + 1.0)) * 0.5;
  Val half = halfExp(a);
  Val far = half - 0.25 / half;
  Val result = select(a < 1.0, near, far);
  // Halving would lose bits of subnormals.
  result = select(a < 0x1p-28, a, result);
  return withSign(result, signBits(x));
}

Val expandAsinh(Val x) {
  // log(a + sqrt(a^2 + 1)) = log1p(a + a^2/(1 + sqrt(a^2 + 1))); beyond 2^28
  // it is log(a) + log(2) and the square might overflow.
  Val a = abs(x);
  Val bounded = atMost(a, 0x1p28);
  Val square = bounded * bounded;
  Val near = expandLog1p(bounded + square / (sqrt(square + 1.0) + 1.0));
  Val far = expandLog(a) + ln2Pair[0];
  Val result = select(a > 0x1p28, far, near);
  return withSign(select(isNan(x), x, result), signBits(x));
}

Val expandAcosh(Val x) {
  // With t = x - 1: log1p(t + sqrt(2t + t^2)).
  Val t = atMost(x, 0x1p28) - 1.0;
  Val near = expandLog1p(t + sqrt(fma(t, t, t * 2.0)));
  Val far = expandLog(x) + ln2Pair[0];
  Val result = select(x > 0x1p28, far, near);
  return select(x < 1.0, x.like(std::numeric_limits<double>::quiet_NaN()), result);
}

Val expandAtanh(Val x) {
  // log((1 + a)/(1 - a))/2 = log1p(2a/(1 - a))/2.
  Val a = abs(x);
  Val result = expandLog1p(a * 2.0 / (1.0 - a)) * 0.5;
  result = select(a < 0x1p-28, a, result);
  return withSign(result, signBits(x));
}

} // namespace dlc
