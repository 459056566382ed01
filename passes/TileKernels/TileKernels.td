// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_TILEKERNELS_TD
#define DLC_PASSES_TILEKERNELS_TD
include "mlir/Pass/PassBase.td"

def TileKernels : Pass<"tile-kernels", "::dlc::dl::VariantOp"> {
  let summary = "tiling: chooses each kernel's schedule with a cost model over the target";
  let description = [{
    Writes `schedule = #dl.schedule<...>` on every `dl.kernel` that has none: a
    schedule that is already there, written by a user or a tuner, is kept. What
    is chosen depends on the kernel and the target alone, never on the number of
    threads, so that results do not either.

    Runs after FormKernels; GenerateCpu obeys.
  }];
}
#endif
