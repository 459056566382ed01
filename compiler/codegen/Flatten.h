// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// From a module at stage llvm, with one dl.variant a target, to a module a
// variant that LLVM's translation takes, and a list of what lies where in it.
//
// Code generation's side of the contract, in every variant and for each entry
// E of dl.interface:
//   llvm.func @E(%frame: !llvm.ptr) -> i32 attributes {dl.offsets = N : i64}
//   llvm.func @E.plan(%dims: !llvm.ptr, %workers: i32, %offsets: !llvm.ptr) ->
//   i64
// where `plan` may be missing when N is 0, and a unit attribute dl.unprepared
// says that E does not read the prepared block. The same for @dl.initialise and
// @dl.prepare, where there is something to do; @dl.prepare also has
// dl.prepared_bytes. Anything else in a variant is its own business.
#ifndef DLC_COMPILER_CODEGEN_FLATTEN_H
#define DLC_COMPILER_CODEGEN_FLATTEN_H

#include "compiler/codegen/Ptx.h"
#include "passes/DescribeInterface/Interface.h"
#include <string>
#include <vector>

namespace dlc {

/// Symbols of one entry's code; `code` is empty where there is none.
struct EntryCode {
  std::string code, plan;
  int64_t offsets = 0, timers = 0;
  bool unprepared = false;
};

struct VariantCode {
  mlir::OwningOpRef<mlir::ModuleOp> module; // what is in the variant
  std::string name;
  dl::TargetAttr target;
  EntryCode initialise, prepare;
  std::vector<EntryCode> entries; // in the order of the interface's functions
  int64_t preparedBytes = 0;
  std::vector<std::string> functions;                     // all that are defined in the variant
  std::optional<DeviceCode> device;                       // of a variant for a GPU
  std::vector<std::pair<std::string, int64_t>> constants; // and their bytes, for a GPU
};

/// Moves what each variant holds to a module of its own, under the names
/// `<model>.<variant>.<symbol>`: entries hidden, for the description, all else
/// private. A variant for a GPU has its host code there, and its device code made.
/// Nothing is left in `module`. Returns the variants, best first and GPUs' last.
/// Errors name the variant and function that break the contract above.
mlir::FailureOr<std::vector<VariantCode>> flattenVariants(mlir::ModuleOp module, const Interface &interface,
                                                          llvm::StringRef model);

} // namespace dlc
#endif // DLC_COMPILER_CODEGEN_FLATTEN_H
