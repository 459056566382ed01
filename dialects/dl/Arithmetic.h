// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Arithmetic on values, so that a gradient is spelled like its equation.
#ifndef DLC_DIALECTS_DL_ARITHMETIC_H
#define DLC_DIALECTS_DL_ARITHMETIC_H

#include "dialects/dl/DlBuilder.h"

namespace dlc::dl {

/// A value whose operators build pointwise ops: `g * (1 - y * y)`. A number
/// becomes a scalar constant of the other side's element type. Null terms (a
/// cotangent that nothing depends on) must not meet an operator.
class Term {
public:
  Term(DlBuilder &b, mlir::Value value) : builder(&b), value(value) {}
  operator mlir::Value() const { return value; }
  mlir::Value get() const { return value; }
  DlBuilder &b() const { return *builder; }
  Term of(mlir::Value other) const { return Term(*builder, other); }
  Term number(double x) const { return of(builder->like(x, value)); }
  Term operator-() const { return of(builder->neg(value)); }
  /// The value in another element type; itself when it has that already.
  Term as(mlir::Type elementType) const { return of(builder->cast(value, elementType)); }
  /// In f32 if the element type has 16 bits.
  Term wide() const { return as(DlBuilder::wide(elementTypeOf(value))); }

private:
  DlBuilder *builder;
  mlir::Value value;
};

#define DLC_TERM_OPERATOR(SIGN, NAME)                                                                                  \
  inline Term operator SIGN(const Term &x, const Term &y) { return x.of(x.b().NAME(x, y)); }                           \
  inline Term operator SIGN(const Term &x, double y) { return x.of(x.b().NAME(x, x.number(y))); }                      \
  inline Term operator SIGN(double x, const Term &y) { return y.of(y.b().NAME(y.number(x), y)); }
DLC_TERM_OPERATOR(+, add)
DLC_TERM_OPERATOR(-, sub)
DLC_TERM_OPERATOR(*, mul)
DLC_TERM_OPERATOR(/, div)
#undef DLC_TERM_OPERATOR

// Comparisons give booleans.
#define DLC_TERM_COMPARISON(SIGN, PREDICATE)                                                                           \
  inline Term operator SIGN(const Term &x, const Term &y) { return x.of(x.b().compare(Predicate::PREDICATE, x, y)); }  \
  inline Term operator SIGN(const Term &x, double y) { return x SIGN x.number(y); }
DLC_TERM_COMPARISON(<, lt)
DLC_TERM_COMPARISON(<=, le)
DLC_TERM_COMPARISON(>, gt)
DLC_TERM_COMPARISON(>=, ge)
DLC_TERM_COMPARISON(==, eq)
#undef DLC_TERM_COMPARISON

inline Term operator&(const Term &x, const Term &y) { return x.of(x.b().create<AndOp>(x.get(), y.get())); }
inline Term operator|(const Term &x, const Term &y) { return x.of(x.b().create<OrOp>(x.get(), y.get())); }

inline Term select(const Term &condition, const Term &x, const Term &y) { return x.of(x.b().select(condition, x, y)); }
inline Term select(const Term &condition, const Term &x, double y) { return select(condition, x, x.number(y)); }
inline Term select(const Term &condition, double x, const Term &y) { return select(condition, y.number(x), y); }

template <typename Op> Term unary(const Term &x) { return x.of(x.b().create<Op>(x.get())); }
inline Term exp(const Term &x) { return unary<ExpOp>(x); }
inline Term expm1(const Term &x) { return unary<Expm1Op>(x); }
inline Term log(const Term &x) { return unary<LogOp>(x); }
inline Term log1p(const Term &x) { return unary<Log1pOp>(x); }
inline Term sqrt(const Term &x) { return unary<SqrtOp>(x); }
inline Term rsqrt(const Term &x) { return unary<RsqrtOp>(x); }
inline Term tanh(const Term &x) { return unary<TanhOp>(x); }
inline Term erf(const Term &x) { return unary<ErfOp>(x); }
inline Term sigmoid(const Term &x) { return unary<SigmoidOp>(x); }
inline Term abs(const Term &x) { return unary<AbsOp>(x); }
inline Term stopGradient(const Term &x) { return unary<StopGradientOp>(x); }
inline Term max(const Term &x, double y) { return x.of(x.b().max(x, x.number(y))); }
inline Term min(const Term &x, double y) { return x.of(x.b().min(x, x.number(y))); }
inline Term pow(const Term &x, const Term &y) { return x.of(x.b().pow(x, y)); }
/// Sums that keep their axes, with extent 1, to broadcast again.
inline Term sum(const Term &x, llvm::ArrayRef<int64_t> axes) { return x.of(x.b().reduceSum(x, axes, /*keep=*/true)); }
inline Term largest(const Term &x, llvm::ArrayRef<int64_t> axes) {
  return x.of(x.b().reduceMax(x, axes, /*keep=*/true));
}

} // namespace dlc::dl
#endif // DLC_DIALECTS_DL_ARITHMETIC_H
