// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A model's own weights as a file beside its library.
#ifndef DLC_COMPILER_LINK_WEIGHTSFILE_H
#define DLC_COMPILER_LINK_WEIGHTSFILE_H

#include "passes/DescribeInterface/Interface.h"
#include <string>

namespace dlc {

/// A safetensors file (version 1: header length, JSON, data) of all parameters
/// with the values that the model is declared with, computed ones included, so
/// that `dlc_weights_load` accepts it alone. Call before the declarations are
/// erased, after `dataOf` has checked them.
mlir::FailureOr<std::string> writeWeights(mlir::ModuleOp module, const Interface &interface);

} // namespace dlc
#endif // DLC_COMPILER_LINK_WEIGHTSFILE_H
