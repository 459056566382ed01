// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// erf and erfc.
#include "passes/ExpandMath/Coefficients.h"
#include "passes/ExpandMath/Functions.h"

using namespace mlir;

namespace dlc {
using namespace coefficients;

/// erfc(a) for f64 a in [0, 28]: exp(-a^2) times a polynomial in
/// (a - 4)/(a + 4) over 1 + 2a. a^2 is kept as a pair, since the exponential
/// turns an absolute error of its argument into a relative one.
static Val erfcOfPositive(Val a) {
  Pair square = exactProduct(a, a);
  auto [n, r, shifted] = reduceForExp(-square.hi, 2 * exponentBias(a));
  Val e = expOfReduced(r - square.lo);
  Val t = (a - 4.0) / (a + 4.0);
  Val smooth = polynomial(t, erfcF64) / fma(a, 2.0, 1.0);
  return scaleByPower(e * smooth, n, shifted);
}

Val expandErf(Val x) {
  Val a = abs(x);
  Val z = a * a;
  if (x.isF32()) {
    // erf(a) = a + a P(a^2), or 1 - 2^Q(a); 1 is rounded beyond 4.
    Val near = fma(a, polynomial(z, erfF32), a);
    Val far = 1.0 - exp2InRange(polynomial(atMost(a, 4), erfTailF32));
    return withSign(select(a < 0.95, near, far), signBits(x));
  }
  Val near = fma(a, polynomial(z, erfF64), a);
  Val far = 1.0 - erfcOfPositive(atMost(a, 6));
  return withSign(select(a < 1.0, near, far), signBits(x));
}

Val expandErfc(Val x) {
  Val a = atMost(abs(x), 28);
  Val far = erfcOfPositive(a);
  far = select(x < 0.0, 2.0 - far, far);
  // 1 - erf(x) where nothing cancels yet: there t is near -1, the worst place
  // of its polynomial.
  Val near = 1.0 - fma(x, polynomial(x * x, erfF64), x);
  return select(a < 0.5, near, far);
}

} // namespace dlc
