// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_PLANMEMORY_TD
#define DLC_PASSES_PLANMEMORY_TD
include "mlir/Pass/PassBase.td"

def PlanMemory : Pass<"plan-memory", "::dlc::dl::VariantOp"> {
  let summary = "gives every value a place: argument, state, or an offset in the arena";
  let description = [{
    An entry `@f` over tensors becomes `@f(%frame) -> i32`, which calls generated
    kernels on buffers, and `@f.plan(%dims, %workers, %offsets) -> i64`, which the
    runtime calls once a context is created: each arena offset is the maximum,
    over the interfering tensors placed earlier, of offset + size. Sizes are
    the largest within the dimensions' limits, also where they shrink as a dimension grows.

    - A result of the entry is written straight into the caller's buffer, a next
      value of state straight over the present one when the kernel that makes it
      reads the present one only where it writes (`dl.in_place`) and nothing reads
      it later: updates move behind the last reader. Otherwise it is copied at the end.
    - No state is written before the last op that can report a data error.
    - Values whose lives do not overlap share bytes. A loop's values live as long
      as the loop.

    Runs after the kernels are generated.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect", "::mlir::LLVM::LLVMDialect"];
}
#endif
