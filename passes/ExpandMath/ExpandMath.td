// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_EXPANDMATH_EXPANDMATH_TD
#define DLC_PASSES_EXPANDMATH_EXPANDMATH_TD
include "mlir/Pass/PassBase.td"

def ExpandMath : Pass<"expand-math"> {
  let summary = "replace math functions by arithmetic, so that kernels need no libm";
  let description = [{
    Rewrites `math` operations on f16, bf16, f32 and f64 scalars and vectors
    into `arith` and `vector` arithmetic of a stated accuracy.
  }];
  let options = [
    Option<"fma", "fma", "bool", "true",
           "the target has fused multiply-add; without it, it is computed with a multiplication and an addition">
  ];
  let dependentDialects = ["arith::ArithDialect", "math::MathDialect", "vector::VectorDialect", "LLVM::LLVMDialect"];
}

#endif // DLC_PASSES_EXPANDMATH_EXPANDMATH_TD
