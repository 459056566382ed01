// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_FORMKERNELS_BUILDKERNEL_H
#define DLC_PASSES_FORMKERNELS_BUILDKERNEL_H
#include "passes/FormKernels/Groups.h"

namespace dlc {
/// Moves a group's ops into a new kernel before `variantEnd` and launches it
/// after the group's last op. In the kernel every value is aligned at the right
/// with the domain: reductions keep their axes, with extent 1. The group's ops
/// stay, without uses outside the group.
dl::LaunchOp buildKernel(const Group &group, dl::DimAnalysis &dims, mlir::OpBuilder &kernels, llvm::StringRef name);
} // namespace dlc
#endif // DLC_PASSES_FORMKERNELS_BUILDKERNEL_H
