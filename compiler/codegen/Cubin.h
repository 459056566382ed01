// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A GPU's machine code, by NVIDIA's assembler.
#ifndef DLC_COMPILER_CODEGEN_CUBIN_H
#define DLC_COMPILER_CODEGEN_CUBIN_H

#include "compiler/codegen/Ptx.h"

namespace dlc {

/// Adds to the PTX of `code`, which is for `gpu`, what ptxas makes of it for each
/// GPU that the module's attribute (see Targets.h) names; without the attribute,
/// for `gpu`. `ptxas` is a path, or a name that PATH is searched for; "none" adds
/// nothing; "" takes the one of PATH, of $CUDA_HOME/bin or of /usr/local/cuda/bin,
/// and what that cannot do is a warning. Failure after a diagnostic: the program
/// asked for is not there, cannot be run or refuses the code.
mlir::LogicalResult addMachineCode(mlir::ModuleOp module, DeviceCode &code, llvm::StringRef gpu, llvm::StringRef ptxas);

} // namespace dlc
#endif // DLC_COMPILER_CODEGEN_CUBIN_H
