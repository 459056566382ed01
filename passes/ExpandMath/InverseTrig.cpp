// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// asin, acos, atan, atan2, in f64.
#include "passes/ExpandMath/Coefficients.h"
#include "passes/ExpandMath/Functions.h"
#include <limits>

using namespace mlir;

namespace dlc {
using namespace coefficients;

/// atan(t) - t for t in [0, 1].
static Val atanTail(Val t) {
  Val z = t * t;
  return t * z * polynomial(z, atanF64);
}

Val expandAtan(Val x) {
  // atan(a) = pi/2 - atan(1/a).
  Val a = abs(x);
  Val inverted = a > 1.0;
  Val t = select(inverted, 1.0 / a, a);
  Val tail = atanTail(t);
  Val high = halfPiF64[0] - t;
  Val lost = (halfPiF64[0] - high) - t;
  Val result = select(inverted, high + (lost + (halfPiF64[1] - tail)), t + tail);
  return withSign(result, signBits(x));
}

Val expandAtan2(Val y, Val x) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  Val a = abs(x), b = abs(y);
  Val steep = a < b;
  Val large = select(steep, b, a), small = select(steep, a, b);
  // 0/0 stands for 0 and inf/inf for 1 (C99 F.9.1.4).
  Val t = select(equal(small, 0.0), small.like(0.0), small / large);
  t = select(equal(small, std::numeric_limits<double>::infinity()), t.like(1.0), t);
  Val tail = atanTail(t);
  // The angle is base + sign (t + tail): base 0, pi/2 or pi.
  Val left = bitsOf(x) < int64_t(0);
  Val zero = x.like(0.0);
  Val base = select(steep, x.like(halfPiF64[0]), select(left, x.like(2 * halfPiF64[0]), zero));
  Val baseLow = select(steep, x.like(halfPiF64[1]), select(left, x.like(2 * halfPiF64[1]), zero));
  // Falls from the base if exactly one of the two holds.
  MathEmitter &e = *x.emit;
  Val falls{&e, arith::XOrIOp::create(e.builder, e.loc, steep.value, left.value)};
  t = select(falls, -t, t);
  tail = select(falls, -tail, tail);
  Pair sum = fastSum(base, t);
  Val result = select(equal(base, 0.0), t + tail, sum.hi + (sum.lo + (baseLow + tail)));
  result = withSign(abs(result), signBits(y));
  Val unordered = isNan(x + y); // inf - inf is not one of ours: see below
  Val bothNumbers = equal(x, x);
  unordered = select(bothNumbers, isNan(y), unordered);
  return select(unordered, x.like(nan), result);
}

/// asin(t) - t for t in [0, 1/2], from t^2.
static Val asinTail(Val t, Val square) { return t * square * polynomial(square, asinF64); }

/// For a in [1/2, 1]: asin(sqrt((1 - a)/2)), the root as a pair.
static Pair halfAngle(Val a) {
  Val square = (1.0 - a) * 0.5; // exact
  Val root = sqrt(square);
  Pair product = exactProduct(root, root);
  Val low = ((square - product.hi) - product.lo) / (root + root);
  low = select(root > 0.0, low, root.like(0.0));
  return {root, low + asinTail(root, square)};
}

Val expandAsin(Val x) {
  // asin(a) = pi/2 - 2 asin(sqrt((1 - a)/2)).
  Val a = abs(x);
  Val near = a + asinTail(a, a * a);
  Pair half = halfAngle(a);
  Val high = fma(half.hi, -2.0, halfPiF64[0]);
  Val lost = (halfPiF64[0] - high) - half.hi * 2.0;
  Val far = high + (lost + fma(half.lo, -2.0, halfPiF64[1]));
  return withSign(select(a <= 0.5, near, far), signBits(x));
}

Val expandAcos(Val x) {
  Val a = abs(x);
  // |x| <= 1/2: pi/2 - asin(x), in pieces.
  Val tail = asinTail(x, x * x);
  Val high = halfPiF64[0] - x;
  Val lost = (halfPiF64[0] - high) - x;
  Val near = high + (lost + (halfPiF64[1] - tail));
  Pair half = halfAngle(a);
  Val right = (half.hi + half.lo) * 2.0;
  Val start = fma(half.hi, -2.0, 2 * halfPiF64[0]);
  Val startLost = (2 * halfPiF64[0] - start) - half.hi * 2.0;
  Val left = start + (startLost + fma(half.lo, -2.0, 2 * halfPiF64[1]));
  return select(a <= 0.5, near, select(x < 0.0, left, right));
}

} // namespace dlc
