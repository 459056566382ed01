// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// pow, integer powers, cbrt, rsqrt. f64 powers are 2^(y log2 x) with the
// logarithm as a pair, since y multiplies its error up to 2^10 times; those
// that serve f32 need only plain f64.
#include "mlir/Dialect/Math/IR/Math.h"
#include "passes/ExpandMath/Coefficients.h"
#include "passes/ExpandMath/Functions.h"
#include <limits>

using namespace mlir;

namespace dlc {
using namespace coefficients;

static constexpr double infinity = std::numeric_limits<double>::infinity();
static constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// log2(a) for finite a > 0, to about 2^-65.
static Pair logPairOf(Val a) {
  auto [e, f] = reduceForLog(a);
  // s = f/(2 + f).
  Pair below = exactSum(f.like(2.0), f);
  Val quotient = f / below.hi;
  Pair product = exactProduct(quotient, below.hi);
  Val rest = ((f - product.hi) - product.lo) - quotient * below.lo;
  Pair s = {quotient, rest / below.hi};
  // atanh(s) = s + s (z/3 + z^2 Q(z)), z = s^2.
  Pair z = s * s;
  Val q = polynomial(z.hi, logPair);
  Pair t = z * Pair{z.hi.like(0x1.5555555555555p-2), z.hi.like(0x1.5555555555555p-56)};
  t = fastSum(t.hi, fma(z.hi * z.hi, q, t.lo));
  Pair half = s * t;
  Pair atanh = fastSum(s.hi, half.hi);
  atanh = fastSum(atanh.hi, atanh.lo + (s.lo + half.lo));
  Pair log = atanh * Pair{f.like(2 * log2ePair[0]), f.like(2 * log2ePair[1])};
  Pair whole = fastSum(e, log.hi);
  return fastSum(whole.hi, whole.lo + log.lo);
}

/// 2^p for a pair of any size.
static Val exp2OfPair(Pair p) {
  // Beyond, the result is 0 or infinite and the low part means nothing.
  Val inside = atLeast(atMost(p.hi, 1025), -1080);
  Val low = select(abs(p.hi) <= 1080.0, p.lo, p.lo.like(0.0));
  double shift = roundingShift(inside) + 2 * exponentBias(inside);
  Val shifted = inside + shift;
  Val n = shifted - shift;
  SmallVector<double> c = {1};
  llvm::append_range(c, exp2F64);
  return scaleByPower(polynomial((inside - n) + low, c), n, bitsOf(shifted));
}

/// a^y for finite a > 0 and |y| <= 2^64.
static Val powOfPositive(Val a, Val y) { return exp2OfPair(logPairOf(a) * y); }

/// The same for numbers that came from f32, whose power is returned to f32.
static Val powOfPositiveForF32(Val a, Val y) {
  auto [e, f] = reduceForLog(a, /*subnormals=*/false);
  Val s = f / (f + 2.0);
  Val log = fma(s, polynomial(s * s, logForF32), e);
  Val inside = atLeast(atMost(log * y, 200), -200);
  double shift = roundingShift(inside) + exponentBias(inside);
  Val shifted = inside + shift;
  SmallVector<double> c = {1};
  llvm::append_range(c, exp2ForF32);
  Val fraction = polynomial(inside - (shifted - shift), c);
  return fraction * fromBits(bitsOf(shifted) << mantissaBits(inside));
}

/// |x|^y where y may be anything but NaN (C99 F.9.4.4).
static Val powOfMagnitude(Val a, Val y, bool forF32) {
  // The clamp changes no result, and keeps the product finite: 1^inf is 1.
  Val bounded = atLeast(atMost(y, 0x1p64), -0x1p64);
  Val result = forF32 ? powOfPositiveForF32(a, bounded) : powOfPositive(a, bounded);
  Val zero = y.like(0.0), inf = y.like(infinity);
  Val rises = y > 0.0;
  result = select(equal(a, 0.0), select(rises, zero, inf), result);
  return select(equal(a, infinity), select(rises, inf, zero), result);
}

static Val floorOf(Val x) {
  MathEmitter &e = *x.emit;
  return {&e, math::FloorOp::create(e.builder, e.loc, x.value)};
}

/// f32 in, f64 between, f32 out.
template <typename Function> static Val widened(Val x, Function function) {
  if (!x.isF32())
    return function(x, false);
  Type f64 = Float64Type::get(x.type().getContext());
  return truncate(function(extend(x, f64), true), x.element());
}

static Val finishPow(Val x, Val y, Val magnitude, Val isInteger, Val isOdd) {
  Val a = abs(x);
  // A negative base has a power for integers only, but -inf and -0 have one.
  Val negative = (x < 0.0) & (a < infinity);
  Val result = select(isInteger, magnitude, select(negative, x.like(nan), magnitude));
  // Odd powers carry the sign of the base, -0 and -inf included.
  Val sign = signBits(x);
  Val signedResult = withSign(result, sign);
  result = select(isOdd, signedResult, result);
  result = select(isNan(x), x, result);
  result = select(isNan(y), y, result);
  Val one = x.like(1.0);
  return select(equal(y, 0.0), one, select(equal(x, 1.0), one, result));
}

static Val powF64(Val x, Val y, bool forF32) {
  Val half = y * 0.5;
  // From 2^53 on every number is even, infinity too.
  Val isInteger = equal(floorOf(y), y);
  Val evenHalf = equal(floorOf(half), half);
  Val isOdd = isInteger & (evenHalf ^ 1);
  return finishPow(x, y, powOfMagnitude(abs(x), y, forF32), isInteger, isOdd);
}

Val expandPow(Val x, Val y) {
  if (!x.isF32())
    return powF64(x, y, false);
  Type f64 = Float64Type::get(x.type().getContext());
  return truncate(powF64(extend(x, f64), extend(y, f64), true), x.element());
}

Val expandPowInteger(Val x, Val n) {
  return widened(x, [&](Val wide, bool forF32) {
    Val y = toFloat(n, wide.element());
    // Parity from the integer: large i64 exponents round to even floats.
    Val isOdd = equal(n & 1, 1);
    Val yes = equal(n, n);
    return finishPow(wide, y, powOfMagnitude(abs(wide), y, forF32), yes, isOdd);
  });
}

Val expandIntegerPower(Val x, Val n) {
  // One bit of n per step, lowest first; lanes have no common trip count.
  Val one = x.like(1), result = one, square = x, bits = n;
  int width = x.element().getIntOrFloatBitWidth();
  for (int bit = 0; bit < width; ++bit) {
    result = select(equal(bits & 1, 1), result * square, result);
    if (bit + 1 == width)
      break;
    square = square * square;
    bits = bits >> 1;
  }
  Val sign = select(equal(n & 1, 1), x.like(-1), one);
  Val inverse = select(equal(x, 1), one, select(equal(x, -1), sign, x.like(0)));
  return select(n < 0, inverse, result);
}

Val expandCbrt(Val x) {
  return widened(x, [](Val wide, bool) {
    Val a = abs(wide);
    Pair third = {a.like(0x1.5555555555555p-2), a.like(0x1.5555555555555p-56)};
    Val root = withSign(exp2OfPair(logPairOf(a) * third), signBits(wide));
    // 0, infinities and NaN are their own roots.
    Val ordinary = (a > 0.0) & (a < infinity);
    return select(ordinary, root, wide);
  });
}

// Both operations are correctly rounded instructions.
Val expandRsqrt(Val x) { return 1.0 / sqrt(x); }

} // namespace dlc
