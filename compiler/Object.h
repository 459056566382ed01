// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_COMPILER_OBJECT_H
#define DLC_COMPILER_OBJECT_H

#include "compiler/Options.h"
#include "compiler/link/Describe.h"
#include "mlir/IR/BuiltinOps.h"
#include <string>

namespace dlc {

/// What the last step makes of a module at stage llvm.
struct Product {
  std::string bytes;   // of the kind asked for
  std::string header;  // the typed header
  std::string weights; // a safetensors file; empty: they are in `bytes`
};

/// Takes a module at stage llvm to a file of `options.kind`, from what is in
/// the module alone; of `facts`, the options are read there too. Failure after
/// a diagnostic.
mlir::FailureOr<Product> makeObject(mlir::ModuleOp module, const Options &options, Facts facts);

} // namespace dlc
#endif // DLC_COMPILER_OBJECT_H
