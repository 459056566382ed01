// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// g is the cotangent of the result. Cotangents may have its broadcast extents.
#include "dialects/dl/Arithmetic.h"
#include <cmath>
#include <numbers>

using namespace mlir;
using namespace dlc::dl;

//===-- Unary ------------------------------------------------------------===//

/// One cotangent from g, the operand x and the result y.
#define DL_UNARY_VJP(OP, EXPRESSION)                                                                                   \
  SmallVector<Value> OP::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool>) {                               \
    [[maybe_unused]] Term g(b, cotangents[0]), x(b, getInput()), y(b, getResult());                                    \
    return {EXPRESSION};                                                                                               \
  }

// d -x = -1
DL_UNARY_VJP(NegOp, -g)
// d |x| = sign(x), 0 at 0
DL_UNARY_VJP(AbsOp, g *unary<SignOp>(x))
// Constant almost everywhere.
DL_UNARY_VJP(SignOp, Value())
DL_UNARY_VJP(FloorOp, Value())
DL_UNARY_VJP(CeilOp, Value())
DL_UNARY_VJP(RoundOp, Value())
// d e^x = e^x
DL_UNARY_VJP(ExpOp, g *y)
// d (e^x - 1) = e^x
DL_UNARY_VJP(Expm1Op, g *(y + 1))
// d log x = 1 / x
DL_UNARY_VJP(LogOp, g / x)
// d log(1 + x) = 1 / (1 + x)
DL_UNARY_VJP(Log1pOp, g / (1 + x))
// d sqrt(x) = 1 / (2 sqrt(x))
DL_UNARY_VJP(SqrtOp, 0.5 * g / y)
// d x^(-1/2) = -x^(-3/2) / 2
DL_UNARY_VJP(RsqrtOp, g * (-0.5 * y * y * y))
// d sin x = cos x
DL_UNARY_VJP(SinOp, g *unary<CosOp>(x))
// d cos x = -sin x
DL_UNARY_VJP(CosOp, -(g *unary<SinOp>(x)))
// d tanh(x) = 1 - y^2
DL_UNARY_VJP(TanhOp, g * (1 - y * y))
// d erf(x) = 2 / sqrt(pi) e^(-x^2)
DL_UNARY_VJP(ErfOp, g * (2 * std::numbers::inv_sqrtpi * exp(-(x * x))))
// d s(x) = s (1 - s)
DL_UNARY_VJP(SigmoidOp, g *(y * (1 - y)))
// Rounding is taken as the identity.
DL_UNARY_VJP(CastOp, g.as(elementTypeOf(getInput())))

//===-- Binary -----------------------------------------------------------===//

/// Two cotangents from g, the operands p and q and the result y; each only where needed.
#define DL_BINARY_VJP(OP, LHS, RHS)                                                                                    \
  SmallVector<Value> OP::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool> needed) {                        \
    [[maybe_unused]] Term g(b, cotangents[0]), p(b, getLhs()), q(b, getRhs()), y(b, getResult());                      \
    return {needed[0] ? Value(LHS) : Value(), needed[1] ? Value(RHS) : Value()};                                       \
  }

/// The part of g that an operand gets: all, none, or half where both are equal.
static Term shared(Term g, Term loses, Term ties) { return select(loses, 0.0, select(ties, 0.5 * g, g)); }
/// d p^q / dp = q p^(q - 1); 0 for q = 0, also where p = 0.
static Term powBase(Term g, Term p, Term q) { return select(q == 0, 0.0, g * q * pow(p, q - 1)); }
/// d p^q / dq = p^q log p; 0 for p = 0 and q >= 0, where p^q is flat.
static Term powExponent(Term g, Term p, Term q, Term y) { return select((p == 0) & (q >= 0), 0.0, g * y * log(p)); }
/// p rem q = p - q n, where n = trunc(p / q).
static Term quotient(Term p, Term q, Term y) { return unary<RoundOp>((p - y) / q); }

DL_BINARY_VJP(AddOp, g, g)
DL_BINARY_VJP(SubOp, g, -g)
DL_BINARY_VJP(MulOp, g *q, g *p)
// d (p/q) / dq = -p / q^2 = -y / q
DL_BINARY_VJP(DivOp, g / q, -(g *y / q))
DL_BINARY_VJP(RemOp, g, -(g *quotient(p, q, y)))
DL_BINARY_VJP(PowOp, powBase(g, p, q), powExponent(g, p, q, y))
DL_BINARY_VJP(MaxOp, shared(g, p < q, p == q), shared(g, q < p, p == q))
DL_BINARY_VJP(MinOp, shared(g, p > q, p == q), shared(g, q > p, p == q))

//===-- Ternary ----------------------------------------------------------===//

SmallVector<Value> SelectOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool> needed) {
  Term g(b, cotangents[0]), c(b, getCondition());
  return {Value(), needed[1] ? Value(select(c, g, 0.0)) : Value(), needed[2] ? Value(select(c, 0.0, g)) : Value()};
}

// min(max(x, low), high): x moves the result within the bounds, which count; low
// does below low, high above high. If low > high the result is high.
SmallVector<Value> ClampOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool> needed) {
  Term g(b, cotangents[0]), x(b, getInput()), low(b, getLow()), high(b, getHigh());
  SmallVector<Value> grads(3);
  if (needed[0])
    grads[0] = select((x >= low) & (x <= high), g, 0.0);
  if (needed[1])
    grads[1] = select((x < low) & (low <= high), g, 0.0);
  if (needed[2])
    grads[2] = select((x > high) | (low > high), g, 0.0);
  return grads;
}

//===-- Activations ------------------------------------------------------===//

/// As DL_UNARY_VJP, in f32 for 16-bit operands.
#define DL_ACTIVATION_VJP(OP, EXPRESSION)                                                                              \
  SmallVector<Value> OP::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool>) {                               \
    Type type = elementTypeOf(getInput());                                                                             \
    [[maybe_unused]] Term g = Term(b, cotangents[0]).wide(), x = Term(b, getInput()).wide();                           \
    [[maybe_unused]] Term y = Term(b, getResult()).wide();                                                             \
    return {Term(EXPRESSION).as(type)};                                                                                \
  }

// d relu = 1 where x > 0, 0 at 0. y > 0 says the same, and y is what the next layer keeps.
DL_UNARY_VJP(ReluOp, select(y > 0, g, 0.0))
// d leaky_relu = 1 where x > 0, otherwise alpha
DL_UNARY_VJP(LeakyReluOp, select(x > 0, g, getAlpha().convertToDouble() * g))
// d elu = 1 where x > 0, otherwise alpha e^x = y + alpha
DL_ACTIVATION_VJP(EluOp, select(x > 0, g, g *(y + getAlpha().convertToDouble())))

/// d x Phi(x) = Phi(x) + x phi(x), phi the normal density
static Term geluDerivative(Term x) {
  Term cumulative = 0.5 + 0.5 * erf(x * (1 / std::numbers::sqrt2));
  return cumulative + x * (exp(-0.5 * x * x) * (0.5 * std::numbers::sqrt2 * std::numbers::inv_sqrtpi));
}
/// y = x/2 (1 + t), t = tanh(u), u = k (x + c x^3): (1 + t)/2 + x/2 (1 - t^2) k (1 + 3 c x^2)
static Term geluTanhDerivative(Term x) {
  double k = std::numbers::sqrt2 * std::numbers::inv_sqrtpi, c = 0.044715;
  Term square = x * x, t = tanh(k * x * (1 + c * square));
  return 0.5 + 0.5 * t + 0.5 * x * (1 - t * t) * (k + 3 * c * k * square);
}
DL_ACTIVATION_VJP(GeluOp, g *(getTanh() ? geluTanhDerivative(x) : geluDerivative(x)))
/// d x s(x) = s (1 + x (1 - s))
static Term siluDerivative(Term x) {
  Term s = sigmoid(x);
  return s * (1 + x * (1 - s));
}
DL_ACTIVATION_VJP(SiluOp, g *siluDerivative(x))
// d log(1 + e^x) = s(x)
DL_ACTIVATION_VJP(SoftplusOp, g *sigmoid(x))
// d hard_sigmoid = alpha between the kinks, 0 at them
DL_UNARY_VJP(HardSigmoidOp, select((y > 0) & (y < 1), getAlpha().convertToDouble() * g, 0.0))
