// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One line per op: what it does to doubles, and to integers. Broadcasting and
// rounding happen once, here.
#include "dialects/dl/evaluate/Elementary.h"
#include "dialects/dl/evaluate/Indexing.h"
#include <cmath>
#include <limits>

using namespace mlir;
using namespace dlc::dl;

/// The NumPy broadcast of the operands' extents. An extent of 1 stretches, but
/// not one whose type is `?`: that one promised to equal its partner.
static FailureOr<Extents> broadcast(Operation *op, ArrayRef<const Tensor *> operands) {
  size_t rank = 0;
  for (const Tensor *operand : operands)
    rank = std::max(rank, operand->shape.size());
  Extents result(rank, 1);
  SmallVector<bool> fixed(rank, false);
  for (auto [operand, value] : llvm::zip(operands, op->getOperands())) {
    auto type = cast<RankedTensorType>(value.getType());
    for (size_t i = 0; i < operand->shape.size(); ++i) {
      size_t axis = rank - operand->shape.size() + i;
      int64_t extent = operand->shape[i];
      if (extent == 1 && !type.isDynamicDim(i))
        continue;
      if (fixed[axis] && result[axis] != extent)
        return op->emitOpError() << "operands do not broadcast: extents " << result[axis] << " and " << extent
                                 << " in axis " << axis;
      result[axis] = extent;
      fixed[axis] = true;
    }
  }
  return result;
}

/// Applies `compute(result, place, offsets of the operands)` to every element of the broadcast.
template <size_t N, typename Compute>
static Results broadcasted(Operation *op, ArrayRef<const Tensor *> operands, Compute compute) {
  FailureOr<Extents> shape = broadcast(op, operands);
  if (failed(shape))
    return failure();
  std::array<Extents, N> strides;
  for (size_t k = 0; k < N; ++k) {
    Extents own = stridesOf(operands[k]->shape);
    strides[k].assign(shape->size() - own.size(), 0);
    for (size_t i = 0; i < own.size(); ++i)
      strides[k].push_back(operands[k]->shape[i] == 1 ? 0 : own[i]);
  }
  Tensor result(elementTypeOf(op->getResult(0)), *shape);
  forEachIndex<N>(*shape, strides,
                  [&](int64_t place, const std::array<int64_t, N> &at) { compute(result, place, at); });
  return one(std::move(result));
}

using Operands = ArrayRef<const Tensor *>;

// x, y, z: the operands' elements, as doubles in FLOATS and as int64 in INTS.
#define DL_UNARY(OP, FLOATS, INTS)                                                                                     \
  Results OP::evaluate(Operands operands, Evaluator &) {                                                               \
    return broadcasted<1>(*this, operands, [&](Tensor &result, int64_t place, const std::array<int64_t, 1> &at) {      \
      if (operands[0]->isFloat()) {                                                                                    \
        [[maybe_unused]] double x = operands[0]->floats[at[0]];                                                        \
        result.set(place, FLOATS);                                                                                     \
      } else {                                                                                                         \
        [[maybe_unused]] int64_t x = operands[0]->ints[at[0]];                                                         \
        result.setInt(place, INTS);                                                                                    \
      }                                                                                                                \
    });                                                                                                                \
  }
#define DL_BINARY(OP, FLOATS, INTS)                                                                                    \
  Results OP::evaluate(Operands operands, Evaluator &) {                                                               \
    return broadcasted<2>(*this, operands, [&](Tensor &result, int64_t place, const std::array<int64_t, 2> &at) {      \
      if (operands[0]->isFloat()) {                                                                                    \
        [[maybe_unused]] double x = operands[0]->floats[at[0]], y = operands[1]->floats[at[1]];                        \
        result.set(place, FLOATS);                                                                                     \
      } else {                                                                                                         \
        [[maybe_unused]] int64_t x = operands[0]->ints[at[0]], y = operands[1]->ints[at[1]];                           \
        result.setInt(place, INTS);                                                                                    \
      }                                                                                                                \
    });                                                                                                                \
  }
// The types of these ops leave one side of the line unused.
#define DL_NEVER 0

static int64_t wrapping(uint64_t value) { return static_cast<int64_t>(value); }
static int64_t divide(int64_t x, int64_t y) {
  return y == 0 ? 0 : y == -1 ? wrapping(0 - static_cast<uint64_t>(x)) : x / y;
}
static int64_t remainderOf(int64_t x, int64_t y) { return y == 0 ? x : y == -1 ? 0 : x % y; }
/// IEEE 754-2019 maximum and minimum: NaN wins, -0 is below 0.
static double larger(double x, double y) {
  if (std::isnan(x) || std::isnan(y))
    return x + y;
  return x > y || (x == y && !std::signbit(x)) ? x : y;
}
static double smaller(double x, double y) { return -larger(-x, -y); }
template <typename T> static bool compared(Predicate predicate, T x, T y) {
  switch (predicate) {
  case Predicate::eq:
    return x == y;
  case Predicate::ne:
    return x != y;
  case Predicate::lt:
    return x < y;
  case Predicate::le:
    return x <= y;
  case Predicate::gt:
    return x > y;
  case Predicate::ge:
    return x >= y;
  }
  return false;
}

// clang-format off
DL_UNARY(NegOp,      -x,                                 wrapping(0 - static_cast<uint64_t>(x)))
DL_UNARY(AbsOp,      std::fabs(x),                       x < 0 ? wrapping(0 - static_cast<uint64_t>(x)) : x)
DL_UNARY(SignOp,     x > 0 ? 1.0 : x < 0 ? -1.0 : x + 0.0, (x > 0) - (x < 0))
DL_UNARY(FloorOp,    std::floor(x),                      DL_NEVER)
DL_UNARY(CeilOp,     std::ceil(x),                       DL_NEVER)
DL_UNARY(RoundOp,    std::nearbyint(x),                  DL_NEVER)
DL_UNARY(ExpOp,      elementary::exp(x),                 DL_NEVER)
DL_UNARY(Expm1Op,    elementary::expm1(x),               DL_NEVER)
DL_UNARY(LogOp,      elementary::log(x),                 DL_NEVER)
DL_UNARY(Log1pOp,    elementary::log1p(x),               DL_NEVER)
DL_UNARY(SqrtOp,     std::sqrt(x),                       DL_NEVER)
DL_UNARY(RsqrtOp,    1.0 / std::sqrt(x),                 DL_NEVER)
DL_UNARY(SinOp,      elementary::sin(x),                 DL_NEVER)
DL_UNARY(CosOp,      elementary::cos(x),                 DL_NEVER)
DL_UNARY(TanhOp,     elementary::tanh(x),                DL_NEVER)
DL_UNARY(ErfOp,      elementary::erf(x),                 DL_NEVER)
DL_UNARY(SigmoidOp,  1.0 / (1.0 + elementary::exp(-x)),  DL_NEVER)
DL_UNARY(NotOp,      DL_NEVER,                           ~x)

DL_BINARY(AddOp,     x + y,                              wrapping(static_cast<uint64_t>(x) + static_cast<uint64_t>(y)))
DL_BINARY(SubOp,     x - y,                              wrapping(static_cast<uint64_t>(x) - static_cast<uint64_t>(y)))
DL_BINARY(MulOp,     x * y,                              wrapping(static_cast<uint64_t>(x) * static_cast<uint64_t>(y)))
DL_BINARY(DivOp,     x / y,                              divide(x, y))
DL_BINARY(RemOp,     std::fmod(x, y),                    remainderOf(x, y))
DL_BINARY(PowOp,     elementary::pow(x, y),              DL_NEVER)
DL_BINARY(MaxOp,     larger(x, y),                       std::max(x, y))
DL_BINARY(MinOp,     smaller(x, y),                      std::min(x, y))
DL_BINARY(AndOp,     DL_NEVER,                           x & y)
DL_BINARY(OrOp,      DL_NEVER,                           x | y)
DL_BINARY(XorOp,     DL_NEVER,                           x ^ y)
DL_BINARY(CompareOp, compared(getPredicate(), x, y),     compared(getPredicate(), x, y))
// clang-format on

Results SelectOp::evaluate(Operands operands, Evaluator &) {
  return broadcasted<3>(*this, operands, [&](Tensor &result, int64_t place, const std::array<int64_t, 3> &at) {
    int chosen = operands[0]->ints[at[0]] ? 1 : 2;
    copyElement(result, place, *operands[chosen], at[chosen]);
  });
}

Results ClampOp::evaluate(Operands operands, Evaluator &) {
  return broadcasted<3>(*this, operands, [&](Tensor &result, int64_t place, const std::array<int64_t, 3> &at) {
    if (result.isFloat())
      result.set(place,
                 smaller(larger(operands[0]->floats[at[0]], operands[1]->floats[at[1]]), operands[2]->floats[at[2]]));
    else
      result.setInt(place,
                    std::min(std::max(operands[0]->ints[at[0]], operands[1]->ints[at[1]]), operands[2]->ints[at[2]]));
  });
}

/// A float as an integer: toward zero, saturating, NaN 0.
static int64_t saturate(IntegerType type, double value) {
  if (std::isnan(value))
    return 0;
  int bits = type.getWidth() - !type.isUnsigned();
  double above = std::ldexp(1.0, bits), low = type.isUnsigned() ? 0.0 : -above;
  if (value >= above) // above - 1 is no double when the type is i64
    return bits == 63 ? std::numeric_limits<int64_t>::max() : (int64_t(1) << bits) - 1;
  return value <= low ? static_cast<int64_t>(low) : static_cast<int64_t>(value);
}

/// An integer as a float, rounded once: a double holds only 53 bits of it.
static double rounded(FloatType type, int64_t value) {
  APFloat result(type.getFloatSemantics());
  result.convertFromAPInt(APInt(64, value, true), /*IsSigned=*/true, APFloat::rmNearestTiesToEven);
  return result.convertToDouble();
}

Results CastOp::evaluate(Operands operands, Evaluator &) {
  const Tensor &input = *operands[0];
  return broadcasted<1>(*this, operands, [&](Tensor &result, int64_t place, const std::array<int64_t, 1> &at) {
    if (result.elementType.isInteger(1))
      result.ints[place] = input.at(at[0]) != 0;
    else if (auto integer = dyn_cast<IntegerType>(result.elementType))
      result.setInt(place, input.isFloat() ? saturate(integer, input.floats[at[0]]) : input.ints[at[0]]);
    else if (input.isFloat())
      result.set(place, input.floats[at[0]]);
    else
      result.floats[place] = rounded(cast<FloatType>(result.elementType), input.ints[at[0]]);
  });
}
