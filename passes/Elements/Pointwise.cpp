// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pointwise ops as arith and math ops: one line each where the op has one.
#include "passes/Elements/Emitter.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

static bool isFloat(Value value) { return isa<FloatType>(getElementTypeOrSelf(value)); }

static arith::CmpFPredicate floatPredicate(Predicate p) {
  switch (p) {
  case Predicate::eq:
    return arith::CmpFPredicate::OEQ;
  case Predicate::ne:
    return arith::CmpFPredicate::UNE;
  case Predicate::lt:
    return arith::CmpFPredicate::OLT;
  case Predicate::le:
    return arith::CmpFPredicate::OLE;
  case Predicate::gt:
    return arith::CmpFPredicate::OGT;
  case Predicate::ge:
    return arith::CmpFPredicate::OGE;
  }
  return arith::CmpFPredicate::AlwaysFalse;
}
static arith::CmpIPredicate integerPredicate(Predicate p, bool isUnsigned) {
  switch (p) {
  case Predicate::eq:
    return arith::CmpIPredicate::eq;
  case Predicate::ne:
    return arith::CmpIPredicate::ne;
  case Predicate::lt:
    return isUnsigned ? arith::CmpIPredicate::ult : arith::CmpIPredicate::slt;
  case Predicate::le:
    return isUnsigned ? arith::CmpIPredicate::ule : arith::CmpIPredicate::sle;
  case Predicate::gt:
    return isUnsigned ? arith::CmpIPredicate::ugt : arith::CmpIPredicate::sgt;
  case Predicate::ge:
    return isUnsigned ? arith::CmpIPredicate::uge : arith::CmpIPredicate::sge;
  }
  return arith::CmpIPredicate::eq;
}

namespace {
/// Ops on computed values; `x` is always of the operands' shape.
struct Pointwise {
  Emitter &emit;
  template <typename Op, typename... Args> Value make(Args &&...args) {
    return emit.create<Op>(std::forward<Args>(args)...);
  }
  Value constant(Value like, double value) { return emit.constantOf(like.getType(), value); }
  Value compare(Predicate p, Value x, Value y) {
    if (isFloat(x))
      return make<arith::CmpFOp>(floatPredicate(p), x, y);
    return make<arith::CmpIOp>(integerPredicate(p, getElementTypeOrSelf(x).isInteger(1)), x, y);
  }
  Value select(Value c, Value x, Value y) { return make<arith::SelectOp>(c, x, y); }
  Type like(Value x, Type element) {
    auto vector = dyn_cast<VectorType>(x.getType());
    return vector ? Type(vector.clone(element)) : element;
  }

  /// Larger or smaller; NaN if either is: `x unordered y` picks x + y.
  Value extremum(Predicate p, Value x, Value y) {
    if (!isFloat(x))
      return select(compare(p, x, y), x, y);
    Value ordered = select(compare(p, x, y), x, y); // y if x is NaN
    return select(make<arith::CmpFOp>(arith::CmpFPredicate::UNO, x, x), x, ordered);
  }
  /// Integer division and remainder that never trap: a divisor of 0 or -1 is replaced first.
  Value quotient(Value x, Value y) {
    Value zero = constant(y, 0), one = constant(y, 1), minusOne = constant(y, -1);
    Value isZero = compare(Predicate::eq, y, zero), isMinus = compare(Predicate::eq, y, minusOne);
    Value safe = select(make<arith::OrIOp>(isZero, isMinus), one, y);
    Value q = make<arith::DivSIOp>(x, safe);
    return select(isZero, zero, select(isMinus, make<arith::SubIOp>(zero, x), q));
  }
  Value remainder(Value x, Value y) {
    Value zero = constant(y, 0), one = constant(y, 1), minusOne = constant(y, -1);
    Value isZero = compare(Predicate::eq, y, zero), isMinus = compare(Predicate::eq, y, minusOne);
    Value safe = select(make<arith::OrIOp>(isZero, isMinus), one, y);
    return select(isZero, x, select(isMinus, zero, make<arith::RemSIOp>(x, safe)));
  }
  Value sign(Value x) {
    Value zero = constant(x, 0), one = constant(x, 1), minusOne = constant(x, -1);
    Value result =
        select(compare(Predicate::gt, x, zero), one, select(compare(Predicate::lt, x, zero), minusOne, zero));
    return isFloat(x) ? select(make<arith::CmpFOp>(arith::CmpFPredicate::UNO, x, x), x, result) : result;
  }
  Value sigmoid(Value x) { // 1 / (1 + e^-x)
    Value e = make<math::ExpOp>(make<arith::NegFOp>(x));
    return make<arith::DivFOp>(constant(x, 1), make<arith::AddFOp>(constant(x, 1), e));
  }

  Value cast(Value x, Type from, Type to) {
    Type target = emit.computed(to);
    Type result = like(x, target);
    bool fromUnsigned = from.isUnsignedInteger() || from.isInteger(1);
    if (x.getType() == result && !to.isInteger(1))
      return x;
    if (to.isInteger(1)) {
      if (from.isInteger(1))
        return x;
      return isFloat(x) ? Value(make<arith::CmpFOp>(arith::CmpFPredicate::UNE, x, constant(x, 0)))
                        : Value(make<arith::CmpIOp>(arith::CmpIPredicate::ne, x, constant(x, 0)));
    }
    if (isFloat(x) && isa<FloatType>(target))
      return target.getIntOrFloatBitWidth() > getElementTypeOrSelf(x).getIntOrFloatBitWidth()
                 ? Value(make<arith::ExtFOp>(result, x))
                 : Value(make<arith::TruncFOp>(result, x));
    if (isFloat(x))
      return saturated(x, target, to.isUnsignedInteger());
    if (isa<FloatType>(target))
      return fromUnsigned ? Value(make<arith::UIToFPOp>(result, x)) : Value(make<arith::SIToFPOp>(result, x));
    unsigned a = getElementTypeOrSelf(x).getIntOrFloatBitWidth(), c = target.getIntOrFloatBitWidth();
    if (a > c)
      return make<arith::TruncIOp>(result, x);
    return fromUnsigned ? Value(make<arith::ExtUIOp>(result, x)) : Value(make<arith::ExtSIOp>(result, x));
  }

  /// Toward zero, saturating, NaN becomes 0. The conversion itself only ever
  /// sees values that fit.
  Value saturated(Value x, Type target, bool isUnsigned) {
    unsigned width = target.getIntOrFloatBitWidth();
    double high = std::ldexp(1.0, isUnsigned ? width : width - 1), low = isUnsigned ? 0.0 : -high;
    Value tooHigh = compare(Predicate::ge, x, constant(x, high)), tooLow = compare(Predicate::le, x, constant(x, low));
    Value isNan = make<arith::CmpFOp>(arith::CmpFPredicate::UNO, x, x);
    Value safe = select(make<arith::OrIOp>(make<arith::OrIOp>(tooHigh, tooLow), isNan), constant(x, 0), x);
    // Narrow integers go through i32, which every target converts to.
    Type wide = width < 32 ? Type(emit.b.getI32Type()) : target;
    Value q = make<arith::FPToSIOp>(like(x, wide), safe);
    if (wide != target)
      q = make<arith::TruncIOp>(like(x, target), q);
    Type result = q.getType();
    auto limit = [&](bool upper) {
      APInt value = isUnsigned ? (upper ? APInt::getMaxValue(width) : APInt::getMinValue(width))
                               : (upper ? APInt::getSignedMaxValue(width) : APInt::getSignedMinValue(width));
      TypedAttr attr = IntegerAttr::get(target, value);
      if (auto vector = dyn_cast<VectorType>(result))
        attr = SplatElementsAttr::get(vector, attr);
      return Value(arith::ConstantOp::create(emit.b, emit.location, attr));
    };
    return select(tooHigh, limit(true), select(tooLow, limit(false), q));
  }
};
} // namespace

Value dlc::emitExtremum(Emitter &emit, bool larger, Value x, Value y) {
  return Pointwise{emit}.extremum(larger ? Predicate::gt : Predicate::lt, x, y);
}

Value dlc::emitPointwise(Emitter &emit, Operation *op, ValueRange v) {
  Pointwise p{emit};
  auto either = [&](auto floatOp, auto integerOp) { return isFloat(v[0]) ? floatOp() : integerOp(); };
  return TypeSwitch<Operation *, Value>(op)
      .Case([&](NegOp) {
        return either([&] { return p.make<arith::NegFOp>(v[0]); },
                      [&] { return p.make<arith::SubIOp>(p.constant(v[0], 0), v[0]); });
      })
      .Case([&](AbsOp) {
        return either([&] { return p.make<math::AbsFOp>(v[0]); }, [&] { return p.make<math::AbsIOp>(v[0]); });
      })
      .Case([&](SignOp) { return p.sign(v[0]); })
      .Case([&](FloorOp) { return p.make<math::FloorOp>(v[0]); })
      .Case([&](CeilOp) { return p.make<math::CeilOp>(v[0]); })
      .Case([&](RoundOp) { return p.make<math::RoundEvenOp>(v[0]); })
      .Case([&](ExpOp) { return p.make<math::ExpOp>(v[0]); })
      .Case([&](Expm1Op) { return p.make<math::ExpM1Op>(v[0]); })
      .Case([&](LogOp) { return p.make<math::LogOp>(v[0]); })
      .Case([&](Log1pOp) { return p.make<math::Log1pOp>(v[0]); })
      .Case([&](SqrtOp) { return p.make<math::SqrtOp>(v[0]); })
      .Case([&](RsqrtOp) { return p.make<arith::DivFOp>(p.constant(v[0], 1), p.make<math::SqrtOp>(v[0])); })
      .Case([&](SinOp) { return p.make<math::SinOp>(v[0]); })
      .Case([&](CosOp) { return p.make<math::CosOp>(v[0]); })
      .Case([&](TanhOp) { return p.make<math::TanhOp>(v[0]); })
      .Case([&](ErfOp) { return p.make<math::ErfOp>(v[0]); })
      .Case([&](SigmoidOp) { return p.sigmoid(v[0]); })
      .Case([&](NotOp) { return p.make<arith::XOrIOp>(v[0], p.constant(v[0], -1)); })
      .Case([&](AddOp) {
        return either([&] { return p.make<arith::AddFOp>(v[0], v[1]); },
                      [&] { return p.make<arith::AddIOp>(v[0], v[1]); });
      })
      .Case([&](SubOp) {
        return either([&] { return p.make<arith::SubFOp>(v[0], v[1]); },
                      [&] { return p.make<arith::SubIOp>(v[0], v[1]); });
      })
      .Case([&](MulOp) {
        return either([&] { return p.make<arith::MulFOp>(v[0], v[1]); },
                      [&] { return p.make<arith::MulIOp>(v[0], v[1]); });
      })
      .Case([&](DivOp) {
        return either([&] { return p.make<arith::DivFOp>(v[0], v[1]); }, [&] { return p.quotient(v[0], v[1]); });
      })
      .Case([&](RemOp) {
        return either([&] { return p.make<arith::RemFOp>(v[0], v[1]); }, [&] { return p.remainder(v[0], v[1]); });
      })
      .Case([&](PowOp) { return p.make<math::PowFOp>(v[0], v[1]); })
      .Case([&](MaxOp) { return p.extremum(Predicate::gt, v[0], v[1]); })
      .Case([&](MinOp) { return p.extremum(Predicate::lt, v[0], v[1]); })
      .Case([&](AndOp) { return p.make<arith::AndIOp>(v[0], v[1]); })
      .Case([&](OrOp) { return p.make<arith::OrIOp>(v[0], v[1]); })
      .Case([&](XorOp) { return p.make<arith::XOrIOp>(v[0], v[1]); })
      .Case([&](CompareOp c) { return p.compare(c.getPredicate(), v[0], v[1]); })
      .Case([&](SelectOp) { return p.select(v[0], v[1], v[2]); })
      .Case([&](ClampOp) { return p.extremum(Predicate::lt, p.extremum(Predicate::gt, v[0], v[1]), v[2]); })
      .Case([&](CastOp c) { return p.cast(v[0], elementTypeOf(c.getInput()), elementTypeOf(c.getResult())); })
      .Default([](Operation *) { return Value(); });
}
