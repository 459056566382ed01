// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The expansions, one declaration per function and one file per family. All
// take and give f32 or f64; those marked "widens" compute f32 in f64, where the
// plain formula is already accurate. Accuracy: the table in README.md, which
// tools/math-check measures.
#ifndef DLC_PASSES_EXPANDMATH_FUNCTIONS_H
#define DLC_PASSES_EXPANDMATH_FUNCTIONS_H
#include "passes/ExpandMath/Emit.h"

namespace dlc {

// Exp.cpp
Val expandExp(Val x);
Val expandExp2(Val x);
Val expandExpm1(Val x);
Val expandTanh(Val x);

/// x = n ln 2 + r with |r| <= ln 2 / 2; `shifted` holds n + `offset` in its low
/// bits. x must lie where 2^n or its two halves are normal numbers.
struct ExpReduction {
  Val n, r, shifted;
};
ExpReduction reduceForExp(Val x, double offset);
/// value * 2^n, rounded once even where the result is subnormal, where
/// `shifted` holds n + 2 * exponentBias in its low bits.
Val scaleByPower(Val value, Val n, Val shifted);
/// 2^x where that is a normal number.
Val exp2InRange(Val x);
/// exp(r) for |r| <= ln 2 / 2.
Val expOfReduced(Val r);

// Log.cpp
Val expandLog(Val x);
Val expandLog2(Val x);
Val expandLog10(Val x);
Val expandLog1p(Val x);

/// x = 2^e (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), for finite x > 0.
struct LogReduction {
  Val e, f;
};
LogReduction reduceForLog(Val x, bool subnormals = true);

// Trig.cpp
Val expandSin(Val x);
Val expandCos(Val x);
Val expandTan(Val x); ///< widens
/// {sin(x), cos(x)}, with one reduction.
std::pair<Val, Val> expandSinCos(Val x);

/// x = q pi/2 + r with |r| <= pi/4 up to rounding; q is exact in its low two
/// bits. TrigReduction.cpp: correct for every finite x; NaN otherwise.
struct TrigReduction {
  Pair r;
  Val quadrant;
};
TrigReduction reduceForTrig(Val x);

// InverseTrig.cpp; all widen
Val expandAsin(Val x);
Val expandAcos(Val x);
Val expandAtan(Val x);
Val expandAtan2(Val y, Val x);

// Hyperbolic.cpp; all widen
Val expandSinh(Val x);
Val expandCosh(Val x);
Val expandAsinh(Val x);
Val expandAcosh(Val x);
Val expandAtanh(Val x);

// Erf.cpp
Val expandErf(Val x);
Val expandErfc(Val x); ///< widens

// Power.cpp; these choose what f32 goes through themselves
Val expandPow(Val x, Val y);
/// x to an integer power.
Val expandPowInteger(Val x, Val n);
/// Integers both, modulo 2^width; a negative n gives the truncated quotient
/// 1 / x^-n, taken as 0 for x = 0.
Val expandIntegerPower(Val x, Val n);
Val expandCbrt(Val x);
Val expandRsqrt(Val x);

/// x - trunc(x / y) y without rounding, with the sign of x; widens. Remainder.cpp
Val expandRemainder(Val x, Val y);

} // namespace dlc

#endif // DLC_PASSES_EXPANDMATH_FUNCTIONS_H
