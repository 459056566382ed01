// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_PASSES_H
#define DLC_PASSES_PASSES_H

namespace dlc {

/// Registers every pass under `passes/` with MLIR's global pass registry, so
/// that tools can name them on the command line and in textual pipelines.
/// Call once, before parsing a pipeline.
void registerDlcPasses();

} // namespace dlc

#endif // DLC_PASSES_PASSES_H
