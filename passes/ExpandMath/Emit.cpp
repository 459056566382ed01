// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/ExpandMath/Emit.h"

using namespace mlir;

namespace dlc {

template <typename Op, typename... Args> static Val make(Val like, Args &&...args) {
  MathEmitter &e = *like.emit;
  return {&e, Op::create(e.builder, e.loc, std::forward<Args>(args)...)};
}

Type Val::shaped(Type element) const {
  if (auto vector = dyn_cast<VectorType>(type()))
    return vector.clone(element);
  return element;
}

static Val makeConstant(Val like, TypedAttr scalar) {
  TypedAttr attr = scalar;
  if (auto vector = dyn_cast<VectorType>(like.type()))
    attr = DenseElementsAttr::get(vector, scalar);
  return make<arith::ConstantOp>(like, attr);
}

Val Val::constant(double number) const { return makeConstant(*this, FloatAttr::get(element(), number)); }

Val Val::constant(int64_t number) const { return makeConstant(*this, IntegerAttr::get(element(), number)); }

template <typename FloatOp, typename IntOp> static Val binary(Val a, Val b) {
  if (a.isFloat())
    return make<FloatOp>(a, a.value, b.value);
  return make<IntOp>(a, a.value, b.value);
}

Val operator+(Val a, Val b) { return binary<arith::AddFOp, arith::AddIOp>(a, b); }
Val operator-(Val a, Val b) { return binary<arith::SubFOp, arith::SubIOp>(a, b); }
Val operator*(Val a, Val b) { return binary<arith::MulFOp, arith::MulIOp>(a, b); }
Val operator/(Val a, Val b) { return make<arith::DivFOp>(a, a.value, b.value); }
Val operator-(Val a) { return a.isFloat() ? make<arith::NegFOp>(a, a.value) : a.like(0) - a; }
Val operator&(Val a, Val b) { return make<arith::AndIOp>(a, a.value, b.value); }
Val operator|(Val a, Val b) { return make<arith::OrIOp>(a, a.value, b.value); }
Val operator^(Val a, Val b) { return make<arith::XOrIOp>(a, a.value, b.value); }
Val operator<<(Val a, int bits) { return make<arith::ShLIOp>(a, a.value, a.like(bits).value); }
Val operator>>(Val a, int bits) { return make<arith::ShRUIOp>(a, a.value, a.like(bits).value); }
Val signedShift(Val a, int bits) { return make<arith::ShRSIOp>(a, a.value, a.like(bits).value); }

static Val compare(arith::CmpFPredicate f, arith::CmpIPredicate i, Val a, Val b) {
  if (a.isFloat())
    return make<arith::CmpFOp>(a, f, a.value, b.value);
  return make<arith::CmpIOp>(a, i, a.value, b.value);
}
Val operator<(Val a, Val b) { return compare(arith::CmpFPredicate::OLT, arith::CmpIPredicate::slt, a, b); }
Val operator<=(Val a, Val b) { return compare(arith::CmpFPredicate::OLE, arith::CmpIPredicate::sle, a, b); }
Val equal(Val a, Val b) { return compare(arith::CmpFPredicate::OEQ, arith::CmpIPredicate::eq, a, b); }
Val isNan(Val a) { return make<arith::CmpFOp>(a, arith::CmpFPredicate::UNO, a.value, a.value); }

Val select(Val condition, Val yes, Val no) { return make<arith::SelectOp>(yes, condition.value, yes.value, no.value); }

Val fma(Val a, Val b, Val c) {
  if (!a.emit->target.fma)
    return a * b + c;
  return make<math::FmaOp>(a, a.value, b.value, c.value);
}

Val sqrt(Val a) { return make<math::SqrtOp>(a, a.value); }

// Written so that x86's minps and maxps, which return their second operand for
// NaN, are one instruction.
Val atMost(Val value, double bound) {
  Val limit = value.like(bound);
  return select(limit < value, limit, value);
}
Val atLeast(Val value, double bound) {
  Val limit = value.like(bound);
  return select(value < limit, limit, value);
}

Val bitsOf(Val a) {
  Type integer = IntegerType::get(a.type().getContext(), a.element().getIntOrFloatBitWidth());
  return make<arith::BitcastOp>(a, a.shaped(integer), a.value);
}
Val fromBits(Val a, Type element) { return make<arith::BitcastOp>(a, a.shaped(element), a.value); }
Val fromBits(Val a) {
  MLIRContext *context = a.type().getContext();
  bool f32 = a.element().getIntOrFloatBitWidth() == 32;
  return fromBits(a, f32 ? Type(Float32Type::get(context)) : Type(Float64Type::get(context)));
}

static int64_t signMask(Val bits) { return int64_t(uint64_t(-1) << (bits.element().getIntOrFloatBitWidth() - 1)); }
Val abs(Val a) {
  Val bits = bitsOf(a);
  return fromBits(bits & bits.like(~signMask(bits)), a.element());
}
Val signBits(Val a) {
  Val bits = bitsOf(a);
  return bits & bits.like(signMask(bits));
}
Val withSign(Val magnitude, Val sign) { return fromBits(bitsOf(magnitude) | sign, magnitude.element()); }

Val toFloat(Val integer, Type element) {
  return make<arith::SIToFPOp>(integer, integer.shaped(element), integer.value);
}
Val polynomial(Val x, ArrayRef<double> c) {
  Val sum = x.like(c.back());
  for (double term : llvm::reverse(c.drop_back()))
    sum = fma(sum, x, term);
  return sum;
}

// Dekker's and Knuth's error-free transformations.
Pair fastSum(Val a, Val b) {
  Val hi = a + b;
  return {hi, b - (hi - a)};
}

Pair exactSum(Val a, Val b) {
  Val hi = a + b;
  Val part = hi - a;
  return {hi, (a - (hi - part)) + (b - part)};
}

/// The upper half of a's bits, by clearing the lower ones: unlike Veltkamp's
/// multiplication this cannot overflow.
static Val upperHalf(Val a) {
  Val bits = bitsOf(a);
  return fromBits(bits & bits.like(a.isF32() ? ~int64_t(0xfff) : ~int64_t(0x7ffffff)));
}

Pair exactProduct(Val a, Val b) {
  Val hi = a * b;
  if (a.emit->target.fma)
    return {hi, fma(a, b, -hi)};
  Val a1 = upperHalf(a), b1 = upperHalf(b);
  Val a2 = a - a1, b2 = b - b1;
  return {hi, ((a1 * b1 - hi) + a1 * b2 + a2 * b1) + a2 * b2};
}

Pair operator+(Pair a, Pair b) {
  Pair sum = exactSum(a.hi, b.hi);
  return fastSum(sum.hi, sum.lo + (a.lo + b.lo));
}
Pair operator*(Pair a, Val b) {
  Pair product = exactProduct(a.hi, b);
  return fastSum(product.hi, fma(a.lo, b, product.lo));
}
Pair operator*(Pair a, Pair b) {
  Pair product = exactProduct(a.hi, b.hi);
  return fastSum(product.hi, fma(a.hi, b.lo, fma(a.lo, b.hi, product.lo)));
}

double roundingShift(Val like) { return like.isF32() ? 0x1.8p23 : 0x1.8p52; }
int mantissaBits(Val like) { return like.isF32() ? 23 : 52; }
int exponentBias(Val like) { return like.isF32() ? 127 : 1023; }

} // namespace dlc
