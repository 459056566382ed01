// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_TOOLS_SIMULATE_HOSTCODE_H
#define DLC_TOOLS_SIMULATE_HOSTCODE_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include <memory>
#include <string>
#include <vector>

namespace dlc::simulate {

/// Device code that this machine runs. Each kernel is a function of an array
/// with the addresses of its arguments.
class HostCode {
public:
  using Entry = void (*)(void **arguments);

  /// Compiles the kernels of a device module at stage llvm; null with `error` set.
  static std::unique_ptr<HostCode> compile(mlir::gpu::GPUModuleOp device, std::string &error);
  Entry find(llvm::StringRef kernel);
  /// The block's shared memory, every byte set.
  void fillShared(int byte);

private:
  struct Array {
    std::string name;
    size_t bytes;
  };
  std::unique_ptr<llvm::orc::LLJIT> jit;
  std::vector<Array> shared;
};

} // namespace dlc::simulate
#endif // DLC_TOOLS_SIMULATE_HOSTCODE_H
