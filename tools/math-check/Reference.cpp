// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Exact results and distances from them.
#include "MathCheck.h"
#include "llvm/ADT/StringSwitch.h"
#include <cmath>
#include <limits>
#include <mpfr.h>

namespace mathcheck {

static constexpr double infinity = std::numeric_limits<double>::infinity();

static double rsqrtOf(double x) { return 1 / std::sqrt(x); }

using Double = double (*)(double);
static Double doubleFunction(llvm::StringRef name) {
  return llvm::StringSwitch<Double>(name)
      .Case("exp", std::exp)
      .Case("exp2", std::exp2)
      .Case("expm1", std::expm1)
      .Case("log", std::log)
      .Case("log2", std::log2)
      .Case("log10", std::log10)
      .Case("log1p", std::log1p)
      .Case("sin", std::sin)
      .Case("cos", std::cos)
      .Case("tan", std::tan)
      .Case("asin", std::asin)
      .Case("acos", std::acos)
      .Case("atan", std::atan)
      .Case("sinh", std::sinh)
      .Case("cosh", std::cosh)
      .Case("tanh", std::tanh)
      .Case("asinh", std::asinh)
      .Case("acosh", std::acosh)
      .Case("atanh", std::atanh)
      .Case("erf", std::erf)
      .Case("erfc", std::erfc)
      .Case("cbrt", std::cbrt)
      .Case("rsqrt", rsqrtOf)
      .Default(nullptr);
}

double errorInUlp(const Function &function, float x, float y, int32_t n, float got) {
  static llvm::StringRef cached;
  static Double unary;
  if (cached.data() != function.name.data()) {
    cached = function.name;
    unary = doubleFunction(cached);
  }
  double exact;
  if (unary)
    exact = unary(x);
  else if (function.integerPower())
    exact = std::pow(double(x), double(n));
  else
    exact = function.name == "atan2" ? std::atan2(double(x), double(y)) : std::pow(double(x), double(y));
  if (std::isnan(exact) || std::isnan(got))
    return std::isnan(exact) && std::isnan(got) ? 0 : infinity;
  // A zero's sign counts; so does that of a result that underflowed.
  if ((exact == 0 || got == 0) && std::signbit(exact) != std::signbit(got))
    return infinity;
  if (std::isinf(got) && std::fabs(exact) >= 0x1p128)
    return std::signbit(exact) == std::signbit(got) ? 0 : infinity;
  if (std::isinf(exact) || (exact == 0 && got != 0))
    return infinity;
  // Past the last finite number the lattice goes on with 2^128.
  double near = std::isinf(got) ? std::copysign(0x1p128, got) : double(got);
  int exponent = exact == 0 ? -126 : std::max(std::ilogb(exact), -126);
  return std::fabs(near - exact) / std::ldexp(1.0, std::min(exponent, 127) - 23);
}

using Exact = int (*)(mpfr_t, const mpfr_t, mpfr_rnd_t);
static Exact exactFunction(llvm::StringRef name) {
  return llvm::StringSwitch<Exact>(name)
      .Case("exp", mpfr_exp)
      .Case("exp2", mpfr_exp2)
      .Case("expm1", mpfr_expm1)
      .Case("log", mpfr_log)
      .Case("log2", mpfr_log2)
      .Case("log10", mpfr_log10)
      .Case("log1p", mpfr_log1p)
      .Case("sin", mpfr_sin)
      .Case("cos", mpfr_cos)
      .Case("tan", mpfr_tan)
      .Case("asin", mpfr_asin)
      .Case("acos", mpfr_acos)
      .Case("atan", mpfr_atan)
      .Case("sinh", mpfr_sinh)
      .Case("cosh", mpfr_cosh)
      .Case("tanh", mpfr_tanh)
      .Case("asinh", mpfr_asinh)
      .Case("acosh", mpfr_acosh)
      .Case("atanh", mpfr_atanh)
      .Case("erf", mpfr_erf)
      .Case("erfc", mpfr_erfc)
      .Case("cbrt", mpfr_cbrt)
      .Case("rsqrt", mpfr_rec_sqrt)
      .Default(nullptr);
}

double errorInUlp(const Function &function, double x, double y, int32_t n, double got) {
  static llvm::StringRef cached;
  static Exact unary;
  static mpfr_t a, b, exact;
  if (!cached.data()) {
    // Twice f64's digits and then some: atan2's subnormals need no more.
    mpfr_set_default_prec(128);
    mpfr_inits(a, b, exact, nullptr);
  }
  if (cached.data() != function.name.data()) {
    cached = function.name;
    unary = exactFunction(cached);
  }
  mpfr_set_d(a, x, MPFR_RNDN);
  mpfr_set_d(b, y, MPFR_RNDN);
  if (unary)
    unary(exact, a, MPFR_RNDN);
  else if (function.integerPower())
    mpfr_pow_si(exact, a, n, MPFR_RNDN);
  else if (function.name == "atan2")
    mpfr_atan2(exact, a, b, MPFR_RNDN);
  else
    mpfr_pow(exact, a, b, MPFR_RNDN);

  if (mpfr_nan_p(exact) || std::isnan(got))
    return mpfr_nan_p(exact) && std::isnan(got) ? 0 : infinity;
  // C99 has 1/sqrt(-0) = -inf where MPFR has +inf (IEEE 754's rSqrt has ours).
  if (function.name == "rsqrt" && x == 0)
    return got == 1 / std::sqrt(x) ? 0 : infinity;
  bool negative = mpfr_signbit(exact);
  if ((mpfr_zero_p(exact) || got == 0) && negative != std::signbit(got))
    return infinity;
  mpfr_set_ui_2exp(b, 1, 1024, MPFR_RNDN);
  if (std::isinf(got) && mpfr_cmpabs(exact, b) >= 0)
    return negative == std::signbit(got) ? 0 : infinity;
  if (mpfr_inf_p(exact) || (mpfr_zero_p(exact) && got != 0))
    return infinity;
  if (mpfr_zero_p(exact))
    return 0;
  if (std::isinf(got))
    mpfr_setsign(a, b, std::signbit(got), MPFR_RNDN);
  else
    mpfr_set_d(a, got, MPFR_RNDN);
  mpfr_sub(a, a, exact, MPFR_RNDN);
  long exponent = std::clamp<long>(mpfr_get_exp(exact) - 1, -1022, 1023);
  mpfr_mul_2si(a, a, 52 - exponent, MPFR_RNDN);
  return std::fabs(mpfr_get_d(a, MPFR_RNDN));
}

} // namespace mathcheck
