// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_COMPILER_CODEGEN_OUTLINELOOPS_H
#define DLC_COMPILER_CODEGEN_OUTLINELOOPS_H

#include "llvm/IR/PassManager.h"

namespace dlc {

/// Gives the loops that stand beside a register tile's (copies of borders, long
/// epilogues) a function of their own, `<function>.loop<n>`.
///
/// LLVM allocates registers for a whole function. The constants and addresses of
/// an epilogue, hoisted to where they are computed once, and those of the tile
/// took each other's registers: an accumulator or a pointer went to the stack in
/// either loop. A call a tile is cheap; what an address needs moves along with it.
struct OutlineLoops : llvm::PassInfoMixin<OutlineLoops> {
  llvm::PreservedAnalyses run(llvm::Module &module, llvm::ModuleAnalysisManager &analyses);
};

} // namespace dlc
#endif // DLC_COMPILER_CODEGEN_OUTLINELOOPS_H
