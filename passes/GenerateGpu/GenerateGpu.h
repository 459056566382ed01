// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_GENERATEGPU_H
#define DLC_PASSES_GENERATEGPU_H
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Pass/Pass.h"
#include "passes/GenerateGpu/Device.h"
namespace dlc {
#define GEN_PASS_DECL
#include "passes/GenerateGpu/GenerateGpu.h.inc"

/// What the device code of one of a kernel's launches is called: PTX takes letters, digits, _ and $;
/// any other character is $ and two hexadecimal digits.
std::string deviceName(llvm::StringRef kernel, int64_t step = 0);
/// What the same is called for tensors that begin anywhere.
std::string unalignedName(llvm::StringRef kernel, int64_t step = 0);
} // namespace dlc
#endif // DLC_PASSES_GENERATEGPU_H
