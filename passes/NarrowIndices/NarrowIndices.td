// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_NARROWINDICES_TD
#define DLC_PASSES_NARROWINDICES_TD
include "mlir/Pass/PassBase.td"

def NarrowIndices : Pass<"narrow-indices", "::dlc::dl::VariantOp"> {
  let summary = "does index arithmetic of GPU kernels in 32 bits where values are known to fit";
  let description = [{
    A GPU multiplies and divides 64-bit integers by sequences of instructions,
    and keeps each in two registers. Ranges come from bounds of loops, extents
    that are constant, and the number of threads; what an extent of a call
    bounds stays in 64 bits. Before and after:

    ```mlir
    %tap = arith.divui %step, %c9 : index
    ```
    ```mlir
    %narrow = arith.index_castui %step : index to i32
    %tap = arith.divui %narrow, %c9_i32 : i32
    %wide = arith.index_castui %tap : i32 to index
    ```

    Runs while loops are loops, as their bounds are what is known; leaves
    variants alone whose target is no GPU.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}
#endif
