// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Elementary functions of doubles, rounded correctly: the same on every machine.
#ifndef DLC_DIALECTS_DL_EVALUATE_ELEMENTARY_H
#define DLC_DIALECTS_DL_EVALUATE_ELEMENTARY_H

namespace dlc::dl::elementary {

/// The double nearest to the exact result, ties to even. The C library's
/// functions are not that: which of several versions runs depends on the
/// processor, and they differ in the last bit. What the compiler computes goes
/// into libraries, whose bytes depend on no machine.
double exp(double x);
double expm1(double x);
double log(double x);
double log1p(double x);
double sin(double x);
double cos(double x);
double tanh(double x);
double erf(double x);
double pow(double x, double y);

} // namespace dlc::dl::elementary
#endif // DLC_DIALECTS_DL_EVALUATE_ELEMENTARY_H
