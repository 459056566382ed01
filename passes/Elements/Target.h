// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_ELEMENTS_TARGET_H
#define DLC_PASSES_ELEMENTS_TARGET_H

#include "dialects/dl/Dl.h"

namespace dlc {

/// Whether threads of a GPU run the kernels: generators and what comes after
/// them are that kind's.
inline bool isGpu(dl::TargetAttr target) { return target.getArch() == "nvptx64"; }

// Attributes of a GPU's kernels, functions of the variant's device code.

/// Its number (i64), under which host code launches it.
constexpr llvm::StringLiteral kernelNumberAttribute = "dl.number";
/// Marks a kernel that reports data errors (unit). Others, when they are given
/// the report, do nothing if there is one.
constexpr llvm::StringLiteral reportsAttribute = "dl.reports";
/// Marks the kernel (to, from, bytes) that copies: the bytes of a block (i64).
constexpr llvm::StringLiteral copiesAttribute = "dl.copies";

} // namespace dlc
#endif // DLC_PASSES_ELEMENTS_TARGET_H
