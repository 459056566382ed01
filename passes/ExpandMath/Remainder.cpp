// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The remainder of a truncated division, exact: long division of mantissas,
// eleven binary digits a step.
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "passes/ExpandMath/Functions.h"
#include <limits>

using namespace mlir;

namespace dlc {

namespace {
/// |x| = mantissa * 2^(exponent - 1075), exponent 1 to 2046: subnormals too.
struct Parts {
  Val mantissa, exponent;
};
} // namespace

static Parts partsOf(Val x) {
  Val bits = bitsOf(abs(x)), field = bits >> 52;
  Val fraction = bits & bits.like((int64_t(1) << 52) - 1);
  Val isNormal = field > 0;
  return {select(isNormal, fraction | fraction.like(int64_t(1) << 52), fraction),
          select(isNormal, field, field.like(1))};
}

/// Unsigned.
static Val modulo(Val a, Val b) {
  return {a.emit, arith::RemUIOp::create(a.emit->builder, a.emit->loc, a.value, b.value)};
}
static Val shiftLeft(Val a, Val bits) {
  return {a.emit, arith::ShLIOp::create(a.emit->builder, a.emit->loc, a.value, bits.value)};
}

/// The largest lane.
static Value largestOf(Val x) {
  if (!isa<VectorType>(x.type()))
    return x.value;
  return vector::ReductionOp::create(x.emit->builder, x.emit->loc, vector::CombiningKind::MAXSI, x.value);
}

/// 2^n for a normal power.
static Val powerOfTwo(Val n, Type element) { return fromBits((n + 1023) << 52, element); }

Val expandRemainder(Val x, Val y) {
  OpBuilder &builder = x.emit->builder;
  Location loc = x.emit->loc;
  Parts a = partsOf(x), b = partsOf(y);
  Val digits = a.exponent - b.exponent; // negative: |x| < |y|
  Val divisor = select(equal(b.mantissa, 0), b.mantissa.like(1), b.mantissa);
  Val first = modulo(a.mantissa, divisor);

  Value zero = arith::ConstantIndexOp::create(builder, loc, 0),
        eleven = arith::ConstantIndexOp::create(builder, loc, 11);
  Value most = arith::IndexCastOp::create(builder, loc, builder.getIndexType(), largestOf(digits));
  auto loop = scf::ForOp::create(builder, loc, zero, most, eleven, ValueRange{first.value, digits.value});
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(loop.getBody());
    Val rest{x.emit, loop.getRegionIterArg(0)}, left{x.emit, loop.getRegionIterArg(1)};
    Val step = select(left < 11, select(left < 0, left.like(0), left), left.like(11));
    rest = modulo(shiftLeft(rest, step), divisor); // below 2^53 * 2^11
    scf::YieldOp::create(builder, loc, ValueRange{rest.value, (left - step).value});
  }
  Val rest{x.emit, loop.getResult(0)};
  // In two halves: 2^-1074 alone is no normal number.
  Val power = b.exponent - 1075, half = signedShift(power, 1);
  Val scaled = toFloat(rest, x.element()) * powerOfTwo(half, x.element()) * powerOfTwo(power - half, x.element());
  Val magnitude = select(digits < 0, abs(x), scaled);

  double infinity = std::numeric_limits<double>::infinity();
  Val defined = (abs(x) < infinity) & (abs(y) > 0.0); // false for NaN
  return select(defined, withSign(magnitude, signBits(x)), x.like(std::numeric_limits<double>::quiet_NaN()));
}

} // namespace dlc
