// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The ONNX front door: a file becomes a dl module, or a list of reasons why not.
#ifndef DLC_COMPILER_IMPORT_ONNX_ONNXIMPORT_H
#define DLC_COMPILER_IMPORT_ONNX_ONNXIMPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include <string>
#include <vector>

namespace dlc {

struct OnnxImportOptions {
  /// Nodes imported in all, those of functions and branches each time they are reached.
  uint64_t maxNodes = 1 << 20;
  /// Calls and branches inside each other.
  unsigned maxDepth = 48;
};

/// One thing in a model that dlc cannot import.
struct OnnxProblem {
  std::string where; // "node 'conv1' (Conv)", "input 'x'", or empty: the file
  std::string what;  // "attribute 'foo' is not supported"
  std::string str() const { return where.empty() ? what : where + ": " + what; }
};

/// The newest version of ai.onnx whose meaning the importer knows, and the oldest.
inline constexpr int64_t newestOnnxOpset = 28, oldestOnnxOpset = 7;

/// Imports `path` as a module with one entry, `@predict`: arguments and results
/// carry `dl.name` (the model's own names) and `dl.dims`; initialisers that feed
/// weights and biases are `dl.parameter`s, other large constants are frozen
/// ones; locations are node names. On failure the first problem is an error at
/// the module's location and the result is null. The model's bytes live in the
/// context's resources. `files`: where not null, the files of external tensors
/// that were read are added to it, for whoever must notice that they change.
mlir::OwningOpRef<mlir::ModuleOp> importOnnx(llvm::StringRef path, const OnnxImportOptions &options,
                                             mlir::MLIRContext *context, std::vector<std::string> *files = nullptr);

/// Everything in `path` that cannot be imported, in the order of the file.
/// Empty: it can. What follows from a problem listed before is not listed again.
std::vector<OnnxProblem> checkOnnx(llvm::StringRef path, const OnnxImportOptions &options, mlir::MLIRContext *context);

} // namespace dlc
#endif // DLC_COMPILER_IMPORT_ONNX_ONNXIMPORT_H
