// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reduction of any finite argument modulo pi/2. Ordinary arguments subtract
// n pi/2 in parts (Cody and Waite). If any lane is too large for that, a branch
// multiplies its bits with the digits of 2/pi that matter (Payne and Hanek,
// "Radian reduction for trigonometric functions", SIGNUM 1983), lane by lane.
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "passes/ExpandMath/Coefficients.h"
#include "passes/ExpandMath/Functions.h"

using namespace mlir;

namespace dlc {
using namespace coefficients;

/// The parts of pi/2, and up to which |x| n times all but the last is exact
/// (with fusing: is a pair) and the parts have enough digits.
struct HalfPi {
  ArrayRef<double> parts;
  double limit;
};
static HalfPi halfPiFor(Val x) {
  if (x.emit->target.fma)
    return x.isF32() ? HalfPi{halfPiF32, 0x1p15} : HalfPi{halfPiF64, 0x1p21};
  return x.isF32() ? HalfPi{halfPiShortF32, 0x1p12} : HalfPi{halfPiShortF64, 0x1p20};
}

static TrigReduction reduceModerate(Val x, ArrayRef<double> parts) {
  double shift = roundingShift(x);
  // 2/pi; any nearby integer would do.
  Val shifted = fma(x, 0x1.45f306dc9c883p-1, shift);
  Val n = shifted - shift;
  // x and n parts[0] are close and multiples of the same power: exact.
  Val first = fma(n, -parts[0], x);
  Pair r;
  if (x.isF32() && x.emit->target.fma) {
    // Two roundings of half an ulp are within f32's bound.
    r = {fma(n, -parts[2], fma(n, -parts[1], first)), {}};
    return {r, bitsOf(shifted)};
  }
  r = {first, x.like(0.0)};
  for (double part : parts.drop_front().drop_back()) {
    Pair product = x.emit->target.fma ? exactProduct(n, n.like(-part)) : Pair{n * -part, x.like(0.0)};
    r = r + product;
  }
  r = fastSum(r.hi, fma(n, -parts.back(), r.lo));
  return {r, bitsOf(shifted)};
}

namespace {
/// Scalar 64-bit integer code of the slow branch.
struct Wide {
  MathEmitter &e;
  Val shiftRight(Val a, Val by) const { return {&e, arith::ShRUIOp::create(e.builder, e.loc, a.value, by.value)}; }
  Val shiftLeft(Val a, Val by) const { return {&e, arith::ShLIOp::create(e.builder, e.loc, a.value, by.value)}; }
  /// The 128-bit product of unsigned numbers as {high, low} words.
  std::pair<Val, Val> multiply(Val a, Val b) const {
    auto op = arith::MulUIExtendedOp::create(e.builder, e.loc, a.value, b.value);
    return {Val{&e, op.getHigh()}, Val{&e, op.getLow()}};
  }
};
} // namespace

static Value isEqual(MathEmitter &e, Value a, Value b) {
  return arith::CmpIOp::create(e.builder, e.loc, arith::CmpIPredicate::eq, a, b);
}

/// Four words of the digits of 2/pi, from number `word` on, 16 at most.
static std::array<Val, 4> digitsFrom(Val word) {
  MathEmitter &e = *word.emit;
  std::array<Val, 4> result;
  ArrayRef<int64_t> digits(reinterpret_cast<const int64_t *>(twoOverPiDigits), std::size(twoOverPiDigits));
  if (e.target.indexed) { // from a constant vector: no global, no memory operand
    auto type = VectorType::get(static_cast<int64_t>(digits.size()), e.builder.getI64Type());
    Value table = arith::ConstantOp::create(e.builder, e.loc, DenseElementsAttr::get(type, digits));
    for (auto [i, one] : llvm::enumerate(result)) {
      Value index = arith::IndexCastOp::create(e.builder, e.loc, e.builder.getIndexType(),
                                               (word + static_cast<int64_t>(i)).value);
      one = {&e, vector::ExtractOp::create(e.builder, e.loc, table, OpFoldResult(index))};
    }
    return result;
  }
  for (size_t first = 0; first + result.size() <= digits.size(); ++first) {
    Val isHere{&e, isEqual(e, word.value, word.like(static_cast<int64_t>(first)).value)};
    for (auto [i, one] : llvm::enumerate(result))
      one = first ? select(isHere, word.like(digits[first + i]), one) : word.like(digits[i]);
  }
  return result;
}

/// Payne and Hanek for one finite f64 of at least 2^12: r in [-pi/4, pi/4] as a
/// pair, and the quadrant as i64.
static std::pair<Pair, Val> reduceHuge(Val x) {
  MathEmitter &e = *x.emit;
  Wide wide{e};
  Val bits = bitsOf(x);
  Val mantissa = (bits & ((int64_t(1) << 52) - 1)) | (int64_t(1) << 52);
  // |x| = mantissa * 2^(field - 1075). Digit j of 2/pi, weight 2^-j, gives a
  // multiple of 4, so of no turn, if j <= field - 1077: the window starts at
  // j = field - 1076, which the 64 leading zeros move to bit field - 1013.
  Val start = ((bits >> 52) & 0x7ff) - 1013;
  Val word = start >> 6, shift = start & 63;
  std::array<Val, 4> loaded = digitsFrom(word);
  Val window[3];
  for (int i = 0; i < 3; ++i) // two steps, since a shift by 64 is undefined
    window[i] = wide.shiftLeft(loaded[i], shift) | (wide.shiftRight(loaded[i + 1], shift ^ int64_t(63)) >> 1);
  // mantissa * window mod 2^192; its top two bits are whole quarter turns.
  auto [high2, low2] = wide.multiply(mantissa, window[2]);
  auto [high1, low1] = wide.multiply(mantissa, window[1]);
  auto sum = arith::AddUIExtendedOp::create(e.builder, e.loc, high2.value, low1.value);
  Val middle{&e, sum.getSum()};
  Val carry{&e, arith::ExtUIOp::create(e.builder, e.loc, e.builder.getI64Type(), sum.getOverflow())};
  Val top = mantissa * window[0] + high1 + carry;
  // To the nearest quarter; what is left is signed, in units of 2^-62 turns/4.
  Val quadrant = (top + (int64_t(1) << 61)) >> 62;
  Val rest = top - (quadrant << 62);
  // Exact pieces of 32 bits, added from the top: if the leading ones vanish,
  // the next take their place.
  Type f64 = x.element();
  auto piece = [&](Val v, double unit) { return toFloat(v, f64) * unit; };
  Val p0 = piece(signedShift(rest, 32), 0x1p-30);
  Val p1 = piece(rest & int64_t(0xffffffff), 0x1p-62);
  Val p2 = piece(middle >> 32, 0x1p-94);
  Val p3 = piece(middle & int64_t(0xffffffff), 0x1p-126);
  Pair turns = exactSum(p0, p1);
  turns = fastSum(turns.hi, turns.lo + (p2 + p3));
  Pair r = turns * Pair{x.like(halfPiF64[0]), x.like(halfPiF64[1])};
  Val negative = bits < int64_t(0);
  return {{select(negative, -r.hi, r.hi), select(negative, -r.lo, r.lo)}, select(negative, -quadrant, quadrant)};
}

/// Element `i` of a vector.
static Val elementAt(Val vector, Value i) {
  MathEmitter &e = *vector.emit;
  if (e.target.indexed)
    return {&e, vector::ExtractOp::create(e.builder, e.loc, vector.value, OpFoldResult(i))};
  Value result = vector::ExtractOp::create(e.builder, e.loc, vector.value, 0);
  for (int64_t j = 1; j < cast<VectorType>(vector.type()).getNumElements(); ++j) {
    Value isHere = isEqual(e, i, arith::ConstantIndexOp::create(e.builder, e.loc, j));
    Value other = vector::ExtractOp::create(e.builder, e.loc, vector.value, j);
    result = arith::SelectOp::create(e.builder, e.loc, isHere, other, result);
  }
  return {&e, result};
}

/// The vector with another element `i`.
static Value withElement(MathEmitter &e, Value vector, Value i, Value scalar) {
  if (e.target.indexed)
    return vector::InsertOp::create(e.builder, e.loc, scalar, vector, OpFoldResult(i));
  auto type = cast<VectorType>(vector.getType());
  auto numbers = VectorType::get(type.getShape(), e.builder.getIndexType());
  SmallVector<Attribute> counting;
  for (int64_t j = 0; j < type.getNumElements(); ++j)
    counting.push_back(e.builder.getIndexAttr(j));
  Value number = arith::ConstantOp::create(e.builder, e.loc, DenseElementsAttr::get(numbers, counting));
  Value isHere = isEqual(e, number, vector::BroadcastOp::create(e.builder, e.loc, numbers, i));
  Value spread = vector::BroadcastOp::create(e.builder, e.loc, type, scalar);
  return arith::SelectOp::create(e.builder, e.loc, isHere, spread, vector);
}

TrigReduction reduceForTrig(Val x) {
  MathEmitter &e = *x.emit;
  OpBuilder &b = e.builder;
  auto [parts, limit] = halfPiFor(x);
  TrigReduction fast = reduceModerate(x, parts);
  if (!fast.r.lo.emit)
    fast.r.lo = x.like(0.0);
  Val huge = abs(x) > limit;
  auto vector = dyn_cast<VectorType>(x.type());
  Value any = huge.value;
  if (vector)
    any = vector::ReductionOp::create(b, e.loc, vector::CombiningKind::OR, huge.value);
  auto branch = scf::IfOp::create(b, e.loc, TypeRange{x.type(), x.type(), fast.quadrant.type()}, any, true);
  OpBuilder::InsertionGuard guard(b);

  b.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(b, e.loc, ValueRange{fast.r.hi.value, fast.r.lo.value, fast.quadrant.value});

  b.setInsertionPointToStart(branch.thenBlock());
  Type f64 = b.getF64Type();
  Type integer = fast.quadrant.element();
  // One lane: f32 goes through f64, whose pair is rounded to a pair of f32.
  auto lane = [&](Val value) -> SmallVector<Value> {
    bool f32 = value.isF32();
    auto [r, quadrant] = reduceHuge(f32 ? extend(value, f64) : value);
    if (!f32)
      return {r.hi.value, r.lo.value, quadrant.value};
    Val hi = truncate(r.hi, value.element());
    Val lo = truncate(r.hi - extend(hi, f64), value.element());
    return {hi.value, lo.value, arith::TruncIOp::create(b, e.loc, integer, quadrant.value)};
  };
  SmallVector<Value> slow;
  if (!vector) {
    slow = lane(x);
  } else {
    auto index = [&](int64_t i) -> Value { return arith::ConstantIndexOp::create(b, e.loc, i); };
    // Ordinary lanes keep their values; their bits mean nothing to reduceHuge,
    // so they take those of the limit instead.
    Val safe = select(huge, x, x.like(2 * limit));
    auto loop = scf::ForOp::create(b, e.loc, index(0), index(vector.getNumElements()), index(1),
                                   ValueRange{fast.r.hi.value, fast.r.lo.value, fast.quadrant.value},
                                   [&](OpBuilder &, Location, Value i, ValueRange carried) {
                                     SmallVector<Value> next;
                                     for (auto [scalar, all] : llvm::zip(lane(elementAt(safe, i)), carried))
                                       next.push_back(withElement(e, all, i, scalar));
                                     scf::YieldOp::create(b, e.loc, next);
                                   });
    slow = SmallVector<Value>(loop.getResults());
  }
  // x - x is NaN for infinities.
  Val nanOrZero = x - x;
  Val hi = select(huge, Val{&e, slow[0]} + nanOrZero, fast.r.hi);
  Val lo = select(huge, Val{&e, slow[1]}, fast.r.lo);
  Val quadrant = select(huge, Val{&e, slow[2]}, fast.quadrant);
  scf::YieldOp::create(b, e.loc, ValueRange{hi.value, lo.value, quadrant.value});
  return {{{&e, branch.getResult(0)}, {&e, branch.getResult(1)}}, {&e, branch.getResult(2)}};
}

} // namespace dlc
