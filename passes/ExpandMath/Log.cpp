// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// log, log2, log10, log1p: x = 2^e (1 + f), log(x) = e ln 2 + log(1 + f).
#include "passes/ExpandMath/Coefficients.h"
#include "passes/ExpandMath/Functions.h"
#include <limits>

using namespace mlir;

namespace dlc {
using namespace coefficients;

LogReduction reduceForLog(Val x, bool subnormals) {
  bool f32 = x.isF32();
  int mantissa = mantissaBits(x);
  double bias = exponentBias(x), raised = mantissa + 1;
  Val normal = x;
  Val small;
  if (subnormals) {
    small = x < (f32 ? 0x1p-126 : 0x1p-1022);
    normal = select(small, x * (f32 ? 0x1p24 : 0x1p53), x);
  }
  int64_t rootHalf = f32 ? 0x3f3504f3 : 0x3fe6a09e667f3bcd;
  int64_t one = f32 ? 0x3f800000 : 0x3ff0000000000000;
  Val shifted = bitsOf(normal) + (one - rootHalf);
  Val m = fromBits((shifted & ((int64_t(1) << mantissa) - 1)) + rootHalf);
  // The biased exponent under the mantissa of 2^23 or 2^52 is that number plus
  // it: cheaper than a conversion, which AVX2 lacks for 64 bits.
  double large = f32 ? 0x1p23 : 0x1p52;
  Val exponent = fromBits((shifted >> mantissa) | bitsOf(x.like(large)));
  Val origin = x.like(large + bias);
  if (subnormals)
    origin = select(small, x.like(large + bias + raised), origin);
  return {exponent - origin, m - 1.0};
}

/// log(1 + f) - f.
static Val logTail(Val f) {
  if (f.isF32()) {
    Val z = f * f;
    return fma(z * f, polynomial(f, logF32), z * -0.5);
  }
  // s = f/(2 + f), log(1 + f) = 2 atanh(s); written around f so that only
  // small terms are rounded.
  Val s = f / (f + 2.0);
  Val z = s * s;
  Val half = f * f * 0.5;
  return s * fma(z, polynomial(z, logF64), half) - half;
}

/// What log is outside (0, inf): -inf at 0, NaN below, x itself at inf and NaN.
static Val atTheEdges(Val x, Val result) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  result = select(x < infinity, result, x);
  result = select(x < 0.0, x.like(nan), result);
  return select(equal(x, 0.0), x.like(-infinity), result);
}

static Val joinNatural(Val e, Val f, Val tail) {
  ArrayRef<double> ln2 = e.isF32() ? ArrayRef<double>(ln2F32) : ArrayRef<double>(ln2F64);
  // The inner sum rounds to half an ulp of a number below 0.4; where that is
  // much of the result, the outer sum cancels and is exact.
  return fma(e, ln2[0], f + fma(e, ln2[1], tail));
}

Val expandLog(Val x) {
  auto [e, f] = reduceForLog(x);
  return atTheEdges(x, joinNatural(e, f, logTail(f)));
}

/// e * scale[0..1] + (f + tail) * base[0..1].
static Val joinOther(Val e, Val f, ArrayRef<double> scale, ArrayRef<double> base) {
  Val tail = logTail(f);
  Pair product = exactProduct(f, f.like(base[0]));
  Val low = fma(f, base[1], fma(tail, base[0], product.lo));
  Val whole = e;
  if (scale.size() > 1) {
    whole = e * scale[0];
    low = fma(e, scale[1], low);
  }
  Pair sum = fastSum(whole, product.hi);
  return sum.hi + (sum.lo + low);
}

Val expandLog2(Val x) {
  auto [e, f] = reduceForLog(x);
  ArrayRef<double> base = x.isF32() ? ArrayRef<double>(log2eF32) : ArrayRef<double>(log2ePair);
  return atTheEdges(x, joinOther(e, f, {}, base));
}

Val expandLog10(Val x) {
  auto [e, f] = reduceForLog(x);
  ArrayRef<double> base = x.isF32() ? ArrayRef<double>(log10eF32) : ArrayRef<double>(log10ePair);
  ArrayRef<double> scale = x.isF32() ? ArrayRef<double>(log10of2F32) : ArrayRef<double>(log10of2F64);
  return atTheEdges(x, joinOther(e, f, scale, base));
}

Val expandLog1p(Val x) {
  // 1 + x = u + c exactly; log(u + c) = log(u) + c/u to the last bit.
  Pair u = exactSum(x.like(1.0), x);
  auto [e, f] = reduceForLog(u.hi, /*subnormals=*/false);
  Val result = joinNatural(e, f, logTail(f) + u.lo / u.hi);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  result = select(x < infinity, result, x);
  result = select(x < -1.0, x.like(nan), result);
  result = select(equal(x, -1.0), x.like(-infinity), result);
  return select(equal(x, 0.0), x, result); // keeps -0
}

} // namespace dlc
