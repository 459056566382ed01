// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A loaded module. What runs is the NVVM code that the PTX was made of, read
// from the file that DLC_SIMULATED_CODE names.
#ifndef DLC_TOOLS_SIMULATE_DRIVER_CODE_H
#define DLC_TOOLS_SIMULATE_DRIVER_CODE_H

#include "tools/dlc-simulate/HostCode.h"
#include "llvm/ADT/StringMap.h"

namespace dlc::simulate {

struct LoadedKernel {
  std::string name;
  HostCode::Entry entry;
  llvm::SmallVector<bool> isPointer;  // of each parameter
  unsigned threads;                   // that a block must have
  unsigned shared, allowedShared = 0; // bytes a launch must bring, and may
  HostCode *code;
};

class LoadedCode {
public:
  /// Null with `error` set: the file is not there, is no such module, or has
  /// other kernels than `image`, which is PTX or a cubin.
  static std::unique_ptr<LoadedCode> load(const char *image, const std::string &path, std::string &error);
  LoadedKernel *find(llvm::StringRef name);

private:
  std::unique_ptr<HostCode> code;
  llvm::StringMap<LoadedKernel> kernels;
};

/// The compute capability that a cubin is for (80 for 8.0); 0 for PTX.
int capabilityOf(const char *image);

/// Runs a kernel whose parameters are 8 bytes each. False with `error` set if
/// threads wait for what does not come.
bool runKernel(LoadedKernel &kernel, unsigned blocks, llvm::ArrayRef<uint64_t> parameters, std::string &error);

} // namespace dlc::simulate
#endif // DLC_TOOLS_SIMULATE_DRIVER_CODE_H
