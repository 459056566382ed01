// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// exp, exp2, expm1, tanh: x = n ln 2 + r, a polynomial in r, times 2^n.
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "passes/ExpandMath/Coefficients.h"
#include "passes/ExpandMath/Functions.h"

using namespace mlir;

namespace dlc {
using namespace coefficients;

static ArrayRef<double> expTail(Val x) { return x.isF32() ? ArrayRef<double>(expF32) : ArrayRef<double>(expF64); }

ExpReduction reduceForExp(Val x, double offset) {
  ArrayRef<double> ln2 = x.isF32() ? ArrayRef<double>(ln2F32) : ArrayRef<double>(ln2F64);
  // Adding the shift rounds to an integer and leaves it in the low bits: no
  // conversion, which AVX2 lacks for 64 bits.
  double shift = roundingShift(x) + offset;
  Val shifted = fma(x, log2ePair[0], shift);
  Val n = shifted - shift;
  // The first part is short enough for n times it to be exact, fused or not.
  Val r = fma(n, -ln2[1], fma(n, -ln2[0], x));
  return {n, r, bitsOf(shifted)};
}

/// AVX-512 scales by 2^n, subnormal results included, in one instruction.
static Val scaleByInstruction(Val value, Val n) {
  auto vector = dyn_cast<VectorType>(value.type());
  if (!vector || vector.getRank() != 1 || vector.isScalable())
    return {};
  bool f32 = value.isF32();
  if (vector.getNumElements() != (f32 ? 16 : 8))
    return {};
  MathEmitter &e = *value.emit;
  auto constant = [&](unsigned width, int64_t number) -> Value {
    Type type = e.builder.getIntegerType(width);
    return LLVM::ConstantOp::create(e.builder, e.loc, type, e.builder.getIntegerAttr(type, number));
  };
  // Mask of all lanes, current rounding mode (4).
  Value mask = f32 ? constant(16, -1) : constant(8, -1);
  StringRef name = f32 ? "llvm.x86.avx512.mask.scalef.ps.512" : "llvm.x86.avx512.mask.scalef.pd.512";
  auto call = LLVM::CallIntrinsicOp::create(e.builder, e.loc, value.type(), e.builder.getStringAttr(name),
                                            ValueRange{value.value, n.value, value.value, mask, constant(32, 4)});
  return {&e, call.getResults()};
}

Val scaleByPower(Val value, Val n, Val shifted) {
  if (value.emit->target.avx512)
    if (Val scaled = scaleByInstruction(value, n); scaled.emit)
      return scaled;
  // Two factors of about 2^(n/2), each normal; the second product is the one
  // that rounds. Shifting left drops all but the sum n + 2 bias.
  Val half = shifted >> 1;
  Val first = fromBits(half << mantissaBits(value));
  Val second = fromBits((shifted - half) << mantissaBits(value));
  return value * first * second;
}

Val expOfReduced(Val r) {
  if (!r.emit->target.fma) // one more operation, but only 1 + x rounds at 1
    return r + r * r * polynomial(r, expTail(r)) + 1.0;
  SmallVector<double> c = {1, 1};
  llvm::append_range(c, expTail(r));
  return polynomial(r, c);
}

Val expandExp(Val x) {
  // Beyond these the result is 0 or infinite; n stays in range.
  bool f32 = x.isF32();
  Val inside = atLeast(atMost(x, f32 ? 89 : 710), f32 ? -104 : -746);
  auto [n, r, shifted] = reduceForExp(inside, 2 * exponentBias(x));
  return scaleByPower(expOfReduced(r), n, shifted);
}

/// 2^r for |r| <= 1/2.
static Val exp2OfReduced(Val r) {
  SmallVector<double> c = {1};
  llvm::append_range(c, r.isF32() ? ArrayRef<double>(exp2F32) : ArrayRef<double>(exp2F64));
  return polynomial(r, c);
}

Val exp2InRange(Val x) {
  double shift = roundingShift(x) + exponentBias(x);
  Val shifted = x + shift;
  return exp2OfReduced(x - (shifted - shift)) * fromBits(bitsOf(shifted) << mantissaBits(x));
}

Val expandExp2(Val x) {
  bool f32 = x.isF32();
  Val inside = atLeast(atMost(x, f32 ? 129 : 1025), f32 ? -151 : -1076);
  double shift = roundingShift(x) + 2 * exponentBias(x);
  Val shifted = inside + shift;
  Val n = shifted - shift;
  return scaleByPower(exp2OfReduced(inside - n), n, bitsOf(shifted));
}

Val expandExpm1(Val x) {
  bool f32 = x.isF32();
  // Below, -1 is the rounded result. Above, n would reach the exponent of
  // infinity: there exp(x) - 1 = exp(x) to the last bit, as 2^(n-1) exp(r) 2.
  Val inside = atLeast(atMost(x, f32 ? 89 : 710), f32 ? -20 : -40);
  auto [n, r, shifted] = reduceForExp(inside, exponentBias(x) - 1);
  Val halfPower = fromBits(shifted << mantissaBits(x));
  Val p = fma(r * r, polynomial(r, expTail(x)), r);
  Val result = fma(halfPower, p, halfPower - 0.5) * 2.0;
  // Tiny x would lose bits in halving; the result is x, -0 too.
  return select(abs(x) < (f32 ? 0x1p-28 : 0x1p-57), x, result);
}

Val expandTanh(Val x) {
  // x + x^3 P(x^2) near 0; further out 1 - 2/(1 + e) with e = exp(2|x|), which
  // rounds terms smaller than the result, and forgives e the error of its
  // argument. 1 is the rounded result beyond the clamp.
  bool f32 = x.isF32();
  Val z = x * x;
  Val near = fma(x * z, polynomial(z, f32 ? ArrayRef<double>(tanhF32) : ArrayRef<double>(tanhF64)), x);
  Val a = abs(x);
  double shift = roundingShift(x) + exponentBias(x);
  double scale = 2 * log2ePair[0];
  Val bounded = atMost(a, f32 ? 10 : 20);
  Val shifted = fma(bounded, scale, shift);
  Val e = exp2OfReduced(fma(bounded, scale, shift - shifted)) * fromBits(bitsOf(shifted) << mantissaBits(x));
  Val far = 1.0 - 2.0 / (e + 1.0);
  // The sign again for -0, whose cube may be added as +0.
  return withSign(select(a < 0.55, near, far), signBits(x));
}

} // namespace dlc
