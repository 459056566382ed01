// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Gradients against central differences, in f64 and through compiled code.
#ifndef DLC_TOOLS_VERIFY_DIFFERENCES_H
#define DLC_TOOLS_VERIFY_DIFFERENCES_H

#include "tools/dlc-verify/Check.h"

namespace dlc {

/// Whether `function` has results to differentiate and arguments to do so with
/// respect to, all floats among them f64.
bool isDifferentiable(mlir::func::FuncOp function);

/// Adds an entry `<name>_gradient` of the same arguments that returns a scalar,
/// the sum of all elements of the function's floats with fixed weights, and its
/// gradient with respect to each argument of floats: a `dl.gradient` around the
/// function's body, which the compiler differentiates like a user's.
mlir::func::FuncOp buildGradientEntry(mlir::func::FuncOp function);

/// Compares, for random x and v of three seeds, f and g as compiled code computes them:
///   |<g, v> - (f(x + h v) - f(x - h v)) / 2h| <= 1e-6 max(|<g, v>|, 1e-3 |g| |v|),
/// besides what rounding f takes from the quotient. Points where f is not finite
/// (the mean of nothing) say nothing.
Outcome checkDifferences(mlir::func::FuncOp entry, const Compiled &compiled, const Request &request);

} // namespace dlc
#endif // DLC_TOOLS_VERIFY_DIFFERENCES_H
