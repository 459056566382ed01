// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_DESCRIBEKERNELS_H
#define DLC_PASSES_DESCRIBEKERNELS_H
#include "dialects/dl/Dl.h"
#include "mlir/Pass/Pass.h"
namespace dlc {
#define GEN_PASS_DECL
#include "passes/DescribeKernels/DescribeKernels.h.inc"

/// On the module: a report is wanted, so passes write down what it needs.
constexpr llvm::StringLiteral reportAttribute = "dl.report";
/// On a kernel, and on the function that is generated from it.
constexpr llvm::StringLiteral factsAttribute = "dl.facts";
} // namespace dlc
#endif // DLC_PASSES_DESCRIBEKERNELS_H
