// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/import/onnx/rules/Rules.h"
#include <cmath>
#include <numbers>

using namespace mlir;
using namespace dlc;
using namespace dlc::onnx;
using dl::DimExpr;
using dl::Predicate;

template <typename Op> static void unary(NodeImport &n) { n.result(n.emit<Op>(n.in(0))); }

/// An operand of a sum or product: a bias or scale when it is a parameter.
static Value operand(NodeImport &n, size_t i) { return n.constant(i) ? n.weight(i) : n.in(i); }

template <typename Op, Fold fold> static void foldable(NodeImport &n) {
  if (!foldBinary(n, fold))
    n.result(n.emit<Op>({operand(n, 0), operand(n, 1)}));
}
template <typename Op> static void variadic(NodeImport &n) {
  Value value = operand(n, 0);
  for (size_t i = 1; i < n.inputs(); ++i)
    value = n.emit<Op>({value, operand(n, i)});
  n.result(value);
}
template <typename Op, Fold fold> static void extreme(NodeImport &n) {
  if (n.inputs() != 2 || !foldBinary(n, fold))
    variadic<Op>(n);
}
static void mean(NodeImport &n) {
  Value value = n.in(0);
  for (size_t i = 1; i < n.inputs(); ++i)
    value = n.emit<dl::AddOp>({value, n.in(i)});
  n.result(n.emit<dl::DivOp>({value, n.like(static_cast<double>(n.inputs()), value)}));
}

//===-- Arithmetic -------------------------------------------------------===//

/// x^2 and x^(1/2) are what exporters write for squares and roots.
static void pow(NodeImport &n) {
  Value x = n.in(0);
  std::optional<double> exponent = n.scalar(1);
  bool keepsShape = exponent && n.constant(1) && static_cast<int64_t>(n.constant(1)->dims.size()) <= n.rank(x);
  if (keepsShape && *exponent == 2)
    return n.result(n.emit<dl::MulOp>({x, x}));
  if (keepsShape && *exponent == 1)
    return n.forward(0);
  if (keepsShape && *exponent == 3)
    return n.result(n.emit<dl::MulOp>({n.emit<dl::MulOp>({x, x}), x}));
  if (keepsShape && *exponent == 0.5)
    return n.result(n.emit<dl::SqrtOp>(x));
  if (x && isa<IntegerType>(n.elementType(x)))
    return (void)n.error("powers of integers are supported for exponents 1, 2 and 3 only");
  n.result(n.emit<dl::PowOp>({x, n.cast(n.in(1), n.elementType(x))}));
}

/// Integers with the sign of the divisor, floats (fmod) with that of the dividend.
static std::optional<DimExpr> foldRemainder(const DimExpr &a, const DimExpr &b) {
  if (!isNonNegative(a) || !b.isConstant() || b.constant() <= 0)
    return std::nullopt;
  auto quotient = foldQuotient(a, b);
  return quotient ? std::optional(a - *quotient * b) : std::nullopt;
}
static void mod(NodeImport &n) {
  if (foldBinary(n, foldRemainder))
    return;
  Value x = n.in(0), y = n.in(1), r = n.emit<dl::RemOp>({x, y});
  if (n.intAttr("fmod", 0) || !r)
    return n.result(r);
  if (isa<FloatType>(n.elementType(r)))
    return (void)n.error("attribute 'fmod' must be 1 for floats");
  Value zero = n.like(0, r);
  Value wrong =
      n.emit<dl::AndOp>({n.compare(Predicate::ne, r, zero),
                         n.emit<dl::XorOp>({n.compare(Predicate::lt, r, zero), n.compare(Predicate::lt, y, zero)})});
  n.result(n.emit<dl::SelectOp>({wrong, n.emit<dl::AddOp>({r, y}), r}));
}
static void reciprocal(NodeImport &n) {
  Value x = n.in(0);
  n.result(n.emit<dl::DivOp>({n.like(1, x), x}));
}
static void tan(NodeImport &n) {
  Value x = n.in(0);
  n.result(n.emit<dl::DivOp>({n.emit<dl::SinOp>(x), n.emit<dl::CosOp>(x)}));
}
/// sinh x = (e^x - e^-x) / 2 by expm1: (u + u / (u + 1)) / 2 with u = e^x - 1.
static void sinh(NodeImport &n) {
  Value x = n.in(0), u = n.emit<dl::Expm1Op>(x);
  Value sum = n.emit<dl::AddOp>({u, n.emit<dl::DivOp>({u, n.emit<dl::AddOp>({u, n.like(1, x)})})});
  n.result(n.emit<dl::MulOp>({sum, n.like(0.5, x)}));
}
static void cosh(NodeImport &n) {
  Value x = n.in(0), sum = n.emit<dl::AddOp>({n.emit<dl::ExpOp>(x), n.emit<dl::ExpOp>(n.emit<dl::NegOp>(x))});
  n.result(n.emit<dl::MulOp>({sum, n.like(0.5, x)}));
}

//===-- Comparison, logic, choice ----------------------------------------===//

template <Predicate predicate> static std::optional<DimExpr> foldCompare(const DimExpr &a, const DimExpr &b) {
  std::optional<bool> truth;
  switch (predicate) {
  case Predicate::eq:
    truth = equal(a, b);
    break;
  case Predicate::lt:
    truth = less(a, b);
    break;
  case Predicate::gt:
    truth = less(b, a);
    break;
  case Predicate::ge:
    truth = less(a, b);
    if (truth)
      truth = !*truth;
    break;
  case Predicate::le:
    truth = less(b, a);
    if (truth)
      truth = !*truth;
    break;
  default:
    break;
  }
  return truth ? std::optional(DimExpr(*truth)) : std::nullopt;
}
template <Predicate predicate> static void comparison(NodeImport &n) {
  if (!foldBinary(n, foldCompare<predicate>, IntegerType::get(n.context(), 1)))
    n.result(n.compare(predicate, n.in(0), n.in(1)));
}
template <typename Op> static void logical(NodeImport &n) {
  Fold fold = [](const DimExpr &a, const DimExpr &b) -> std::optional<DimExpr> {
    if (!a.isConstant() || !b.isConstant())
      return std::nullopt;
    int64_t x = a.constant(), y = b.constant();
    return DimExpr(std::is_same_v<Op, dl::AndOp> ? x & y : std::is_same_v<Op, dl::OrOp> ? x | y : x ^ y);
  };
  if (!foldBinary(n, fold))
    n.result(n.emit<Op>({n.in(0), n.in(1)}));
}
static void logicalNot(NodeImport &n) {
  const Symbolic *x = n.symbolic(0);
  if (!x || !x->elementType.isInteger(1) || !x->isConstant())
    return unary<dl::NotOp>(n);
  Symbolic result = *x;
  for (DimExpr &element : result.elements)
    element = DimExpr(1) - element;
  n.result(std::move(result));
}

/// Folds when the condition is known and both choices are shapes.
static bool foldWhere(NodeImport &n) {
  const Symbolic *c = n.symbolic(0), *x = n.symbolic(1), *y = n.symbolic(2);
  if (!c || !x || !y || !c->isConstant() || x->elementType != y->elementType)
    return false;
  auto choices = broadcastShapes(x->shape, y->shape);
  auto shape = choices ? broadcastShapes(*choices, c->shape) : std::nullopt;
  if (!shape)
    return false;
  int64_t count = 1;
  for (int64_t extent : *shape)
    if (__builtin_mul_overflow(count, extent, &count) || count > Symbolic::maxElements)
      return false;
  Symbolic result{x->elementType, *shape, {}};
  for (int64_t i = 0; i < count; ++i) {
    bool chosen = c->elements[broadcastIndex(i, *shape, c->shape)] != DimExpr(0);
    const Symbolic *from = chosen ? x : y;
    result.elements.push_back(from->elements[broadcastIndex(i, *shape, from->shape)]);
  }
  n.result(std::move(result));
  return true;
}
static void where(NodeImport &n) {
  if (!foldWhere(n))
    n.result(n.emit<dl::SelectOp>({n.in(0), n.in(1), n.in(2)}));
}

static void isNan(NodeImport &n) {
  Value x = n.in(0);
  n.result(n.compare(Predicate::ne, x, x));
}
static void isInf(NodeImport &n) {
  Value x = n.in(0), infinity = n.like(INFINITY, x);
  bool negative = n.intAttr("detect_negative", 1), positive = n.intAttr("detect_positive", 1);
  if (!negative && !positive)
    return (void)n.error("detects neither sign of infinity");
  n.result(n.compare(Predicate::eq,
                     negative && positive ? n.emit<dl::AbsOp>(x)
                     : negative           ? n.emit<dl::NegOp>(x)
                                          : x,
                     infinity));
}

/// Bounds are attributes before opset 11, inputs after; each may be left out.
static void clip(NodeImport &n) {
  Value x = n.in(0), low, high;
  if (n.opset < 11) {
    low = n.attribute("min") ? n.like(n.floatAttr("min", 0), x) : Value();
    high = n.attribute("max") ? n.like(n.floatAttr("max", 0), x) : Value();
  } else {
    if (n.attribute("min") || n.attribute("max"))
      return (void)n.error("attributes 'min' and 'max' became inputs in operator set 11");
    low = n.has(1) ? n.in(1) : Value();
    high = n.has(2) ? n.in(2) : Value();
  }
  if (!low && !high)
    return n.forward(0);
  // numpy.clip and ONNX: a low above high gives high, as min(max(x, low), high).
  n.result(low && high ? n.emit<dl::ClampOp>({x, low, high})
           : low       ? n.emit<dl::MaxOp>({x, low})
                       : n.emit<dl::MinOp>({x, high}));
}

static void castTo(NodeImport &n, Type type) {
  const Symbolic *x = n.symbolic(0);
  if (x && type.isSignlessInteger() && !type.isInteger(8)) {
    Symbolic result{type, x->shape, x->elements};
    bool fits = true;
    for (DimExpr &element : result.elements) {
      if (type.isInteger(1)) {
        std::optional<bool> isZero = equal(element, 0);
        fits &= isZero.has_value();
        element = DimExpr(isZero.value_or(true) ? 0 : 1);
      } else if (type.isInteger(32) && element.isConstant()) {
        element = DimExpr(static_cast<int32_t>(element.constant()));
      }
    }
    if (fits)
      return n.result(std::move(result));
  }
  Value value = n.constant(0) ? n.weight(0) : n.in(0);
  if (value && n.elementType(value) == type)
    return n.forward(0);
  n.result(n.cast(value, type));
}
static void cast(NodeImport &n) {
  auto to = static_cast<ElementType>(n.intAttr("to", 0));
  Type type = n.elementTypeFor(to);
  if (!type)
    return (void)n.error("casts to " + nameOf(to) + ", which is not supported");
  castTo(n, type);
}
static void castLike(NodeImport &n) {
  if (Value other = n.in(1))
    castTo(n, n.elementType(other));
}

//===-- Activations ------------------------------------------------------===//

static void leakyRelu(NodeImport &n) {
  n.result(n.emit<dl::LeakyReluOp>(n.in(0), n.f64("alpha", n.floatAttr("alpha", 0.01))));
}
static void elu(NodeImport &n) { n.result(n.emit<dl::EluOp>(n.in(0), n.f64("alpha", n.floatAttr("alpha", 1)))); }
static void hardSigmoid(NodeImport &n) {
  n.result(n.emit<dl::HardSigmoidOp>(
      n.in(0), {n.f64("alpha", n.floatAttr("alpha", 0.2f)), n.f64("beta", n.floatAttr("beta", 0.5))}));
}
static void hardSwish(NodeImport &n) {
  Value x = n.in(0);
  n.result(n.emit<dl::MulOp>({x, n.emit<dl::HardSigmoidOp>(x, {n.f64("alpha", 1.0 / 6), n.f64("beta", 0.5)})}));
}
static void gelu(NodeImport &n) {
  std::string how = n.stringAttr("approximate", "none");
  if (how == "tanh")
    n.result(n.emit<dl::GeluOp>(n.in(0), n.unit("tanh")));
  else if (how == "none")
    n.result(n.emit<dl::GeluOp>(n.in(0)));
  else
    n.error("attribute 'approximate' is '" + printable(how) + "', expected 'none' or 'tanh'");
}
/// x sigmoid(alpha x).
static void swish(NodeImport &n) {
  Value x = n.in(0);
  double alpha = n.floatAttr("alpha", 1);
  n.result(alpha == 1 ? n.emit<dl::SiluOp>(x)
                      : n.emit<dl::MulOp>({x, n.emit<dl::SigmoidOp>(n.emit<dl::MulOp>({x, n.like(alpha, x)}))}));
}
static void mish(NodeImport &n) {
  Value x = n.in(0);
  n.result(n.emit<dl::MulOp>({x, n.emit<dl::TanhOp>(n.emit<dl::SoftplusOp>(x))}));
}
static void softsign(NodeImport &n) {
  Value x = n.in(0);
  n.result(n.emit<dl::DivOp>({x, n.emit<dl::AddOp>({n.emit<dl::AbsOp>(x), n.like(1, x)})}));
}
static void selu(NodeImport &n) {
  Value x = n.in(0), y = n.emit<dl::EluOp>(x, n.f64("alpha", n.floatAttr("alpha", 1.67326319217681884765625f)));
  n.result(n.emit<dl::MulOp>({y, n.like(n.floatAttr("gamma", 1.05070102214813232421875f), y)}));
}
/// max(x, 0) + min(0, alpha (e^(x / alpha) - 1)).
static void celu(NodeImport &n) {
  Value x = n.in(0), alpha = n.like(n.floatAttr("alpha", 1), x);
  Value tail = n.emit<dl::MulOp>({n.emit<dl::Expm1Op>(n.emit<dl::DivOp>({x, alpha})), alpha});
  n.result(n.emit<dl::SelectOp>({n.compare(Predicate::gt, x, n.like(0, x)), x, tail}));
}
static void prelu(NodeImport &n) {
  Value x = n.in(0), slope = n.weight(1);
  n.result(n.emit<dl::SelectOp>({n.compare(Predicate::lt, x, n.like(0, x)), n.emit<dl::MulOp>({x, slope}), x}));
}
static void thresholdedRelu(NodeImport &n) {
  Value x = n.in(0);
  n.result(n.emit<dl::SelectOp>({n.compare(Predicate::gt, x, n.like(n.floatAttr("alpha", 1), x)), x, n.like(0, x)}));
}
static void shrink(NodeImport &n) {
  Value x = n.in(0), lambda = n.like(n.floatAttr("lambd", 0.5), x), bias = n.like(n.floatAttr("bias", 0), x);
  Value low = n.emit<dl::SelectOp>(
      {n.compare(Predicate::lt, x, n.emit<dl::NegOp>(lambda)), n.emit<dl::AddOp>({x, bias}), n.like(0, x)});
  n.result(n.emit<dl::SelectOp>({n.compare(Predicate::gt, x, lambda), n.emit<dl::SubOp>({x, bias}), low}));
}

ArrayRef<OpRule> dlc::onnx::pointwiseRules() {
  static const OpRule rules[] = {
      {"Abs", 7, 1, 1, 1, "", unary<dl::AbsOp>},
      {"Add", 7, 2, 2, 1, "", foldable<dl::AddOp, foldSum>},
      {"And", 7, 2, 2, 1, "", logical<dl::AndOp>},
      {"Cast", 7, 1, 1, 1, "to saturate round_mode", cast},
      {"CastLike", 15, 2, 2, 1, "saturate round_mode", castLike},
      {"Ceil", 7, 1, 1, 1, "", unary<dl::CeilOp>},
      {"Celu", 12, 1, 1, 1, "alpha", celu},
      {"Clip", 7, 1, 3, 1, "min max", clip},
      {"Cos", 7, 1, 1, 1, "", unary<dl::CosOp>},
      {"Cosh", 9, 1, 1, 1, "", cosh},
      {"Div", 7, 2, 2, 1, "", foldable<dl::DivOp, foldQuotient>},
      {"Elu", 7, 1, 1, 1, "alpha", elu},
      {"Equal", 7, 2, 2, 1, "", comparison<Predicate::eq>},
      {"Erf", 9, 1, 1, 1, "", unary<dl::ErfOp>},
      {"Exp", 7, 1, 1, 1, "", unary<dl::ExpOp>},
      {"Floor", 7, 1, 1, 1, "", unary<dl::FloorOp>},
      {"Gelu", 20, 1, 1, 1, "approximate", gelu},
      {"Greater", 7, 2, 2, 1, "", comparison<Predicate::gt>},
      {"GreaterOrEqual", 12, 2, 2, 1, "", comparison<Predicate::ge>},
      {"HardSigmoid", 7, 1, 1, 1, "alpha beta", hardSigmoid},
      {"HardSwish", 14, 1, 1, 1, "", hardSwish},
      {"IsInf", 10, 1, 1, 1, "detect_negative detect_positive", isInf},
      {"IsNaN", 9, 1, 1, 1, "", isNan},
      {"LeakyRelu", 7, 1, 1, 1, "alpha", leakyRelu},
      {"Less", 7, 2, 2, 1, "", comparison<Predicate::lt>},
      {"LessOrEqual", 12, 2, 2, 1, "", comparison<Predicate::le>},
      {"Log", 7, 1, 1, 1, "", unary<dl::LogOp>},
      {"Max", 8, 1, anyNumber, 1, "", extreme<dl::MaxOp, foldMax>},
      {"Mean", 8, 1, anyNumber, 1, "", mean},
      {"Min", 8, 1, anyNumber, 1, "", extreme<dl::MinOp, foldMin>},
      {"Mish", 18, 1, 1, 1, "", mish},
      {"Mod", 10, 2, 2, 1, "fmod", mod},
      {"Mul", 7, 2, 2, 1, "", foldable<dl::MulOp, foldProduct>},
      {"Neg", 7, 1, 1, 1, "", unary<dl::NegOp>},
      {"Not", 7, 1, 1, 1, "", logicalNot},
      {"Or", 7, 2, 2, 1, "", logical<dl::OrOp>},
      {"PRelu", 9, 2, 2, 1, "", prelu},
      {"Pow", 7, 2, 2, 1, "", pow},
      {"Reciprocal", 7, 1, 1, 1, "", reciprocal},
      {"Relu", 7, 1, 1, 1, "", unary<dl::ReluOp>},
      {"Round", 11, 1, 1, 1, "", unary<dl::RoundOp>},
      {"Selu", 7, 1, 1, 1, "alpha gamma", selu},
      {"Shrink", 9, 1, 1, 1, "lambd bias", shrink},
      {"Sigmoid", 7, 1, 1, 1, "", unary<dl::SigmoidOp>},
      {"Sign", 9, 1, 1, 1, "", unary<dl::SignOp>},
      {"Sin", 7, 1, 1, 1, "", unary<dl::SinOp>},
      {"Sinh", 9, 1, 1, 1, "", sinh},
      {"Softplus", 7, 1, 1, 1, "", unary<dl::SoftplusOp>},
      {"Softsign", 7, 1, 1, 1, "", softsign},
      {"Sqrt", 7, 1, 1, 1, "", unary<dl::SqrtOp>},
      {"Sub", 7, 2, 2, 1, "", foldable<dl::SubOp, foldDifference>},
      {"Sum", 8, 1, anyNumber, 1, "", variadic<dl::AddOp>},
      {"Swish", 24, 1, 1, 1, "alpha", swish},
      {"Tan", 7, 1, 1, 1, "", tan},
      {"Tanh", 7, 1, 1, 1, "", unary<dl::TanhOp>},
      {"ThresholdedRelu", 10, 1, 1, 1, "alpha", thresholdedRelu},
      {"Where", 9, 3, 3, 1, "", where},
      {"Xor", 7, 2, 2, 1, "", logical<dl::XorOp>},
  };
  return rules;
}
