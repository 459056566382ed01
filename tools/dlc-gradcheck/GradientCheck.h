// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Gradients against central differences, in f64 and through the reference evaluator.
#ifndef DLC_TOOLS_GRADCHECK_H
#define DLC_TOOLS_GRADCHECK_H

#include "dialects/dl/Dl.h"

namespace dlc {

/// A function beside `function` that takes its arguments and a cotangent for
/// each result of floats, and returns the cotangent of each argument of floats.
/// Failure, with a diagnostic, if an op on the way has no gradient.
mlir::FailureOr<mlir::func::FuncOp> buildVjpFunction(mlir::func::FuncOp function, llvm::StringRef suffix);

/// Compares <g, v> with the difference quotient along v, for random inputs,
/// cotangents and directions v of each of `seeds` seeds:
///   |<g, v> - (f(x + h v) - f(x - h v)) / 2h| <= tolerance max(|<g, v>|, 1e-3 |g| |v|).
/// Reports the worst on the function.
mlir::LogicalResult checkAgainstDifferences(mlir::func::FuncOp function, mlir::func::FuncOp vjp, unsigned seeds,
                                            double tolerance);

/// Compares two VJP functions of the same arguments, element by element:
/// |a - b| <= tolerance max(1, |a|).
mlir::LogicalResult checkEqual(mlir::func::FuncOp function, mlir::func::FuncOp one, mlir::func::FuncOp other,
                               unsigned seeds, double tolerance);

} // namespace dlc
#endif // DLC_TOOLS_GRADCHECK_H
