// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_EXPANDMATH_EXPANDMATH_TD
#define DLC_PASSES_EXPANDMATH_EXPANDMATH_TD
include "mlir/Pass/PassBase.td"

def ExpandMath : Pass<"expand-math"> {
  let summary = "replace math functions by arithmetic, so that kernels need no libm";
  let description = [{
    Rewrites the transcendental operations of `math` on f16, bf16, f32 and f64
    scalars and vectors into arithmetic whose error is bounded (README.md has
    the table) and equal on every target with the same options. Run it on loops,
    after vectorisation and before conversion to LLVM; run `cse` after it, which
    merges constants and, for `sin` and `cos` of one value, the reduction.

    Operations that are instructions stay: `sqrt`, `fma`, `absf`, `copysign`,
    `floor`, `ceil`, `trunc`, `round`, `roundeven`, the `is*` tests and integer
    operations. Tensors and scalable vectors are left alone. 16-bit floats are
    computed in f32 or f64 and rounded once; `arith.extf` and `arith.truncf` of
    them are expanded too where the target would call a function. No flag permits reassociation; subnormals,
    infinities, NaN and signed zero follow C99 Annex F.

    `sin`, `cos` and `tan` of large arguments take a branch (`scf.if`).

    ```mlir
    %r = math.rsqrt %x : vector<8xf32>
    // becomes
    %root = math.sqrt %x : vector<8xf32>
    %one = arith.constant dense<1.0> : vector<8xf32>
    %r = arith.divf %one, %root : vector<8xf32>
    ```
  }];
  let options = [
    Option<"fma", "fma", "bool", "true",
           "the target fuses multiply-add; without it, `fma` becomes a multiplication and an addition">,
    Option<"avx512", "avx512", "bool", "false",
           "the target has AVX-512F: scale by powers of two in one instruction">,
    Option<"f16", "f16", "bool", "true",
           "the target converts f16 by instruction (F16C on x86); without it, integer operations do">,
    Option<"bf16", "bf16", "bool", "false",
           "the target converts bf16 by instruction that keeps subnormals (x86 has none); without it, integer operations do">,
    Option<"indexed", "indexed", "bool", "true",
           "elements of vectors are found by index; without it (a GPU would keep the vector in memory), they are selected">
  ];
  let dependentDialects = ["arith::ArithDialect", "LLVM::LLVMDialect", "math::MathDialect", "scf::SCFDialect",
                           "vector::VectorDialect"];
}

#endif // DLC_PASSES_EXPANDMATH_EXPANDMATH_TD
