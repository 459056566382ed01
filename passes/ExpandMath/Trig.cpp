// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// sin, cos, tan: polynomials on [-pi/4, pi/4], chosen by the quadrant.
#include "passes/ExpandMath/Coefficients.h"
#include "passes/ExpandMath/Functions.h"

using namespace mlir;

namespace dlc {
using namespace coefficients;

/// sin(r.hi + r.lo) as a pair not normalised: the leading term and the rest.
static Pair sinParts(Pair r) {
  Val z = r.hi * r.hi;
  Val c = polynomial(z, r.hi.isF32() ? ArrayRef<double>(sinF32) : ArrayRef<double>(sinF64));
  // sin(r + d) = sin(r) + d cos(r), and cos(r) = 1 - r^2/2 is near enough.
  return {r.hi, fma(r.hi * z, c, fma(r.lo * z, -0.5, r.lo))};
}

static Pair cosParts(Pair r) {
  Val z = r.hi * r.hi;
  Val c = polynomial(z, r.hi.isF32() ? ArrayRef<double>(cosF32) : ArrayRef<double>(cosF64));
  // 1 - z/2 rounds; what it loses joins the small terms.
  Val half = z * 0.5;
  Val lead = 1.0 - half;
  Val lost = (1.0 - lead) - half;
  return {lead, fma(z * z, c, lost - r.hi * r.lo)};
}

static Val bySign(Val value, Val quadrant) {
  int width = value.isF32() ? 32 : 64;
  return fromBits(bitsOf(value) ^ ((quadrant & 2) << (width - 2)));
}

static Val pick(Pair s, Pair c, Val quadrant) {
  Val odd = equal(quadrant & 1, 1);
  return bySign(select(odd, c.hi + c.lo, s.hi + s.lo), quadrant);
}

/// Tiny arguments are their own sine to half an ulp, -0 too.
static Val keepTiny(Val x, Val sine) { return select(abs(x) < (x.isF32() ? 0x1p-13 : 0x1p-27), x, sine); }

Val expandSin(Val x) {
  TrigReduction reduced = reduceForTrig(x);
  return keepTiny(x, pick(sinParts(reduced.r), cosParts(reduced.r), reduced.quadrant));
}

Val expandCos(Val x) {
  TrigReduction reduced = reduceForTrig(x);
  return pick(sinParts(reduced.r), cosParts(reduced.r), reduced.quadrant + 1);
}

std::pair<Val, Val> expandSinCos(Val x) {
  TrigReduction reduced = reduceForTrig(x);
  Pair s = sinParts(reduced.r), c = cosParts(reduced.r);
  return {keepTiny(x, pick(s, c, reduced.quadrant)), pick(s, c, reduced.quadrant + 1)};
}

Val expandTan(Val x) {
  TrigReduction reduced = reduceForTrig(x);
  Pair s = sinParts(reduced.r), c = cosParts(reduced.r);
  s = fastSum(s.hi, s.lo);
  c = fastSum(c.hi, c.lo);
  // tan = s/c, and -c/s in odd quadrants.
  Val odd = equal(reduced.quadrant & 1, 1);
  Pair a = {select(odd, c.hi, s.hi), select(odd, c.lo, s.lo)};
  Pair b = {select(odd, -s.hi, c.hi), select(odd, -s.lo, c.lo)};
  Val quotient = a.hi / b.hi;
  Pair product = exactProduct(quotient, b.hi);
  Val rest = ((a.hi - product.hi) - product.lo) + fma(-quotient, b.lo, a.lo);
  Val result = quotient + rest / b.hi;
  return select(abs(x) < 0x1p-27, x, result);
}

} // namespace dlc
