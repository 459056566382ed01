// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_EXPANDMATH_EXPANDMATH_H
#define DLC_PASSES_EXPANDMATH_EXPANDMATH_H
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Pass/Pass.h"

namespace dlc {
#define GEN_PASS_DECL
#include "passes/ExpandMath/ExpandMath.h.inc"
} // namespace dlc

#endif // DLC_PASSES_EXPANDMATH_EXPANDMATH_H
