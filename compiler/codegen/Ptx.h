// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_COMPILER_CODEGEN_PTX_H
#define DLC_COMPILER_CODEGEN_PTX_H

#include "dialects/dl/Dl.h"
#include <string>

namespace dlc {

/// The kernels of the module's GPU variant, at stage llvm, as PTX for the GPU
/// and the PTX version of its target. Failure after a diagnostic: there is not
/// exactly one such variant, or something in it is not LLVM's.
mlir::FailureOr<std::string> makePtx(mlir::ModuleOp module);

} // namespace dlc
#endif // DLC_COMPILER_CODEGEN_PTX_H
