// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Device code: from a variant's gpu.module at stage llvm to what a driver loads.
#ifndef DLC_COMPILER_CODEGEN_PTX_H
#define DLC_COMPILER_CODEGEN_PTX_H

#include "dialects/dl/Dl.h"
#include <string>
#include <vector>

namespace dlc {

/// What `struct dlc_device_code` says.
struct DeviceCode {
  struct Kernel {
    std::string name;
    int64_t threads, parameters, sharedBytes;
    bool reports;
  };
  /// Machine code for one generation.
  struct Image {
    std::string gpu; // "sm_90a"
    std::string cubin;
  };
  std::string text;                   // PTX
  std::vector<Image> images;          // oldest first
  int64_t capability = 0, driver = 0; // 80 for 8.0, 11000 for 11.0
  bool exact = false;
  std::vector<Kernel> kernels; // by number
};

/// "sm_90a": compute capability 90, and no other. False: `gpu` is no such name.
bool parseGpu(llvm::StringRef gpu, int64_t &capability, bool &exact);

/// The kernels of a variant for a GPU, as PTX for the GPU and the PTX version of
/// its target. Failure after a diagnostic: something in it is not LLVM's.
mlir::FailureOr<DeviceCode> makeDeviceCode(dl::VariantOp variant);

/// The kernels of the module's only variant for a GPU, as MLIR's text. Failure as for makePtx.
mlir::FailureOr<std::string> printDeviceCode(mlir::ModuleOp module);

/// The PTX of the module's only variant for a GPU. Failure after a diagnostic:
/// there is not exactly one.
mlir::FailureOr<std::string> makePtx(mlir::ModuleOp module);

} // namespace dlc
#endif // DLC_COMPILER_CODEGEN_PTX_H
