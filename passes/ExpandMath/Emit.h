// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A few lines that let the expansions read as formulas: `Val` is an SSA value
// (scalar or vector) with operators that append arith operations.
#ifndef DLC_PASSES_EXPANDMATH_EMIT_H
#define DLC_PASSES_EXPANDMATH_EMIT_H
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Builders.h"
#include <type_traits>

namespace dlc {

/// What the target can do; the pass' options.
struct MathTarget {
  bool fma = true;     ///< fused multiply-add is an instruction
  bool avx512 = false; ///< scaling by a power of two is one instruction
  bool f16 = true;     ///< f32 and f16 convert by instruction
  bool bf16 = false;   ///< f32 and bf16 convert by instruction
  bool indexed = true; ///< an element of a vector is found by a number of run time; else it is selected
};

/// Where the operations of one expansion go.
struct MathEmitter {
  mlir::OpBuilder &builder;
  mlir::Location loc;
  MathTarget target;
};

/// An SSA value of float or integer element type and the emitter it belongs to.
struct Val {
  MathEmitter *emit = nullptr;
  mlir::Value value;

  mlir::Type type() const { return value.getType(); }
  mlir::Type element() const { return mlir::getElementTypeOrSelf(type()); }
  bool isFloat() const { return mlir::isa<mlir::FloatType>(element()); }
  bool isF32() const { return element().isF32(); }
  /// A constant of this value's type in every lane.
  Val constant(double number) const;
  Val constant(int64_t number) const;
  template <typename T>
    requires std::is_arithmetic_v<T>
  Val like(T number) const {
    if constexpr (std::is_floating_point_v<T>)
      return constant(double(number));
    else
      return isFloat() ? constant(double(number)) : constant(int64_t(number));
  }
  /// This value's shape with another element type.
  mlir::Type shaped(mlir::Type element) const;
};

Val operator+(Val a, Val b);
Val operator-(Val a, Val b);
Val operator*(Val a, Val b);
Val operator/(Val a, Val b);
Val operator-(Val a);
Val operator&(Val a, Val b);
Val operator|(Val a, Val b);
Val operator^(Val a, Val b);
Val operator<<(Val a, int bits);
/// Logical shift right.
Val operator>>(Val a, int bits);
/// Arithmetic shift right.
Val signedShift(Val a, int bits);

#define DLC_WITH_NUMBER(op)                                                                                            \
  template <typename T>                                                                                                \
    requires std::is_arithmetic_v<T>                                                                                   \
  Val operator op(Val a, T b) {                                                                                        \
    return a op a.like(b);                                                                                             \
  }                                                                                                                    \
  template <typename T>                                                                                                \
    requires std::is_arithmetic_v<T>                                                                                   \
  Val operator op(T a, Val b) {                                                                                        \
    return b.like(a) op b;                                                                                             \
  }
DLC_WITH_NUMBER(+)
DLC_WITH_NUMBER(-)
DLC_WITH_NUMBER(*)
DLC_WITH_NUMBER(/)
DLC_WITH_NUMBER(&)
DLC_WITH_NUMBER(|)
DLC_WITH_NUMBER(^)
#undef DLC_WITH_NUMBER

/// Ordered comparisons of floats, signed ones of integers; lanes of i1.
Val operator<(Val a, Val b);
Val operator<=(Val a, Val b);
Val equal(Val a, Val b);
template <typename T>
  requires std::is_arithmetic_v<T>
Val operator<(Val a, T b) {
  return a < a.like(b);
}
template <typename T>
  requires std::is_arithmetic_v<T>
Val operator<=(Val a, T b) {
  return a <= a.like(b);
}
template <typename T>
  requires std::is_arithmetic_v<T>
Val operator>(Val a, T b) {
  return a.like(b) < a;
}
template <typename T>
  requires std::is_arithmetic_v<T>
Val operator>=(Val a, T b) {
  return a.like(b) <= a;
}
template <typename T>
  requires std::is_arithmetic_v<T>
Val equal(Val a, T b) {
  return equal(a, a.like(b));
}
Val isNan(Val a);

Val select(Val condition, Val yes, Val no);
/// a*b + c rounded once, or twice where the target has no such instruction.
Val fma(Val a, Val b, Val c);
inline Val fma(Val a, double b, Val c) { return fma(a, a.like(b), c); }
inline Val fma(Val a, Val b, double c) { return fma(a, b, a.like(c)); }
inline Val fma(Val a, double b, double c) { return fma(a, a.like(b), a.like(c)); }
Val sqrt(Val a);
/// The smaller (larger) of value and bound; a NaN stays what it is.
Val atMost(Val value, double bound);
Val atLeast(Val value, double bound);

/// Reinterprets float as the integer of its width, and back.
Val bitsOf(Val a);
Val fromBits(Val a); ///< f32 or f64
Val fromBits(Val a, mlir::Type element);
/// |a|, and a's sign alone as bits.
Val abs(Val a);
Val signBits(Val a);
/// `magnitude`, whose sign is clear or equal already, with the sign bits set.
Val withSign(Val magnitude, Val sign);

Val toFloat(Val integer, mlir::Type element);
/// To a wider or narrower float, rounded once. Float16.cpp.
Val extend(Val a, mlir::Type element);
Val truncate(Val a, mlir::Type element);

/// c[0] + c[1] x + ..., by Horner's rule.
Val polynomial(Val x, llvm::ArrayRef<double> c);

/// An unevaluated sum of two floats, |lo| at most half an ulp of hi.
struct Pair {
  Val hi, lo;
};
/// a + b exactly, if |a| >= |b| or a = 0.
Pair fastSum(Val a, Val b);
/// a + b exactly.
Pair exactSum(Val a, Val b);
/// a * b exactly but for overflow and underflow.
Pair exactProduct(Val a, Val b);
Pair operator+(Pair a, Pair b);
Pair operator*(Pair a, Pair b);
Pair operator*(Pair a, Val b);

/// 1.5 times 2^(mantissa bits): adding it leaves round-to-even(x) in the low
/// bits, for |x| below a quarter of it.
double roundingShift(Val like);
/// Stored bits of the mantissa, and the bias of the exponent, of like's type.
int mantissaBits(Val like);
int exponentBias(Val like);

} // namespace dlc

#endif // DLC_PASSES_EXPANDMATH_EMIT_H
