// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/evaluate/Elementary.h"
#include <cmath>
#include <mpfr.h>

namespace dlc::dl::elementary {

/// Rounds in Ziv's way (1991): an approximation with an error bound decides
/// unless a boundary between two doubles lies within the bound; `exact` decides
/// then. The C library's long double functions err by less than 16 units in
/// their last place; the sixty-fourth part of their results is in doubt.
template <typename Exact> static double rounded(long double approximation, Exact exact) {
  long double error = std::fabs(approximation) * 0x1p-60L;
  double low = static_cast<double>(approximation - error), high = static_cast<double>(approximation + error);
  if (low == high || std::isnan(approximation))
    return low;
  constexpr mpfr_prec_t mantissa = 53;
  mpfr_t value;
  mpfr_init2(value, mantissa);
  exact(value);
  double result = mpfr_get_d(value, MPFR_RNDN);
  mpfr_clear(value);
  return result;
}

/// `mpfr_NAME` rounds correctly whatever the precision of its operand, and a
/// double is one of 53 bits.
#define DL_ELEMENTARY(NAME)                                                                                            \
  double NAME(double x) {                                                                                              \
    return rounded(std::NAME(static_cast<long double>(x)), [&](mpfr_t value) {                                         \
      mpfr_set_d(value, x, MPFR_RNDN);                                                                                 \
      mpfr_##NAME(value, value, MPFR_RNDN);                                                                            \
    });                                                                                                                \
  }
DL_ELEMENTARY(exp)
DL_ELEMENTARY(expm1)
DL_ELEMENTARY(log)
DL_ELEMENTARY(log1p)
DL_ELEMENTARY(sin)
DL_ELEMENTARY(cos)
DL_ELEMENTARY(tanh)
DL_ELEMENTARY(erf)
#undef DL_ELEMENTARY

double pow(double x, double y) {
  return rounded(std::pow(static_cast<long double>(x), static_cast<long double>(y)), [&](mpfr_t value) {
    mpfr_t exponent;
    mpfr_init2(exponent, 53);
    mpfr_set_d(value, x, MPFR_RNDN);
    mpfr_set_d(exponent, y, MPFR_RNDN);
    mpfr_pow(value, value, exponent, MPFR_RNDN);
    mpfr_clear(exponent);
  });
}

} // namespace dlc::dl::elementary
