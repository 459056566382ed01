// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_COMPILER_SUBSET_H
#define DLC_COMPILER_SUBSET_H

#include "mlir/IR/BuiltinOps.h"
#include <string>

namespace dlc {

/// Leaves the entries `names` of a module that no stage has touched, what they
/// call, and of the slots those that these read or write: a model trained
/// becomes one that predicts. Parameters stay, so that checkpoints fit. False
/// with `error` set for a name that is no entry's.
bool keepFunctions(mlir::ModuleOp module, llvm::ArrayRef<std::string> names, std::string &error);

} // namespace dlc
#endif // DLC_COMPILER_SUBSET_H
