// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// f16 and bf16 to and from f32 and f64. Where the target has no instruction
// LLVM would call a function per lane, so integer arithmetic does it.
#include "passes/ExpandMath/Emit.h"
#include <limits>

using namespace mlir;

namespace dlc {

static bool isNarrow(Type element) { return element.isF16() || element.isBF16(); }
static bool hasInstruction(const MathTarget &target, Type narrow) { return narrow.isF16() ? target.f16 : target.bf16; }

template <typename Op> static Val cast(Val a, Type element) {
  MathEmitter &e = *a.emit;
  return {&e, Op::create(e.builder, e.loc, a.shaped(element), a.value)};
}
static Type integer(Val like, unsigned width) { return IntegerType::get(like.type().getContext(), width); }
static Type f32Of(Val like) { return Float32Type::get(like.type().getContext()); }

static Val widenNarrow(Val a) {
  if (hasInstruction(a.emit->target, a.element()))
    return cast<arith::ExtFOp>(a, f32Of(a));
  Val bits = cast<arith::ExtUIOp>(cast<arith::BitcastOp>(a, integer(a, 16)), integer(a, 32));
  if (a.element().isBF16())
    return fromBits(bits << 16);
  // Exponent and mantissa in f32's place make a number 2^-112 times too small,
  // subnormal or not; 2^16 and more were infinity or NaN.
  Val number = fromBits((bits & 0x7fff) << 13) * 0x1p112;
  Val magnitude = bitsOf(number);
  magnitude = select(number >= 0x1p16, magnitude | int64_t(0x7f800000), magnitude);
  return fromBits(magnitude | ((bits & 0x8000) << 16));
}

/// To f32 by "round to odd": rounding that to a narrower type is the same as
/// rounding once, since an odd last bit remembers what was dropped.
static Val roundToOdd(Val a) {
  Val near = cast<arith::TruncFOp>(a, f32Of(a));
  Val back = cast<arith::ExtFOp>(near, a.element());
  Val bits = bitsOf(near);
  Val toZero = select(abs(a) < abs(back), bits - 1, bits);
  return fromBits(select(equal(back, a) | isNan(a), bits, toZero | 1));
}

static Val narrowBF16(Val a) {
  Val bits = bitsOf(a);
  // Half an ulp, less one bit unless the last is odd: ties go to even, and a
  // carry runs into the exponent as it should.
  Val rounded = bits + 0x7fff + ((bits >> 16) & 1);
  return select(isNan(a), bits | 0x400000, rounded) >> 16;
}

static Val narrowF16(Val a) {
  Val bits = bitsOf(a);
  Val sign = signBits(a) >> 16;
  Val magnitude = abs(a);
  // As for bf16, with the exponent's bias moved from 127 to 15.
  Val normal = bitsOf(magnitude) - (112 << 23);
  normal = (normal + 0xfff + ((bits >> 13) & 1)) >> 13;
  // f16's subnormals are multiples of 2^-24, the ulp of 1/2.
  Val subnormal = bitsOf(magnitude + 0.5) - 0x3f000000;
  Val result = select(magnitude < 0x1p-14, subnormal, normal);
  result = select(magnitude >= 65520.0, result.like(0x7c00), result);
  Val quiet = ((bits >> 13) & 0x3ff) | 0x7e00;
  return select(isNan(a), quiet, result) | sign;
}

static Val narrow(Val a, Type element) {
  if (hasInstruction(a.emit->target, element))
    return cast<arith::TruncFOp>(a, element);
  Val bits = element.isBF16() ? narrowBF16(a) : narrowF16(a);
  return cast<arith::BitcastOp>(cast<arith::TruncIOp>(bits, integer(a, 16)), element);
}

Val extend(Val a, Type element) {
  if (isNarrow(a.element()))
    a = widenNarrow(a);
  return a.element() == element ? a : cast<arith::ExtFOp>(a, element);
}

Val truncate(Val a, Type element) {
  if (!isNarrow(element))
    return cast<arith::TruncFOp>(a, element);
  return narrow(a.isF32() ? a : roundToOdd(a), element);
}

} // namespace dlc
