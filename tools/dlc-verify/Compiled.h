// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A module compiled as dlc compiles it, and opened in this process.
#ifndef DLC_TOOLS_VERIFY_COMPILED_H
#define DLC_TOOLS_VERIFY_COMPILED_H

#include "compiler/ElementTypes.h"
#include "compiler/Options.h"
#include "dialects/dl/evaluate/Tensor.h"
#include "dlc/runtime.h"
#include "mlir/IR/BuiltinOps.h"
#include "passes/DescribeInterface/Interface.h"
#include <memory>
#include <string>

namespace dlc {

/// A shared library, never unloaded: the process that checks it ends with it.
struct Compiled {
  const dlc_model *model = nullptr;
  mlir::MLIRContext *context = nullptr;
  Interface interface;
  /// Compiles a copy of `module` for `cpus` (names of --cpu; none: the portable
  /// set). Failure after a diagnostic.
  static mlir::FailureOr<Compiled> of(mlir::ModuleOp module, llvm::ArrayRef<std::string> cpus);
  /// The same for a module that `from` has left and targets of Targets.h.
  static mlir::FailureOr<Compiled> ofStage(mlir::ModuleOp module, Stage from, mlir::DictionaryAttr targets);
};

/// Memory that ends where a page begins that cannot be touched, so that reading
/// or writing behind it stops the process; or, `aligned`, at a multiple of 64.
class Buffer {
public:
  Buffer(size_t bytes, bool aligned);
  Buffer(Buffer &&other) noexcept : base(other.base), total(other.total), data(other.data) { other.base = nullptr; }
  ~Buffer();
  void *get() const { return data; }

private:
  void *base = nullptr;
  size_t total = 0;
  void *data = nullptr;
};

} // namespace dlc
#endif // DLC_TOOLS_VERIFY_COMPILED_H
