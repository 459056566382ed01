// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_ELEMENTS_TARGET_H
#define DLC_PASSES_ELEMENTS_TARGET_H

#include "dialects/dl/Dl.h"

namespace dlc {

/// Whether threads of a GPU run the kernels: generators and what comes after
/// them are that kind's.
inline bool isGpu(dl::TargetAttr target) { return target.getArch() == "nvptx64"; }

/// A feature of a GPU's target that is dlc's, not LLVM's: products of f32 may be
/// made by matrix instructions, from factors rounded to TF32 (11 bits).
constexpr llvm::StringLiteral tf32Feature = "+tf32";
inline bool allowsTf32(dl::TargetAttr target) { return target.getFeatures().ends_with(tf32Feature); }

// Attributes of a GPU's kernels, functions of the variant's device code.

/// Its number (i64), under which host code launches it.
constexpr llvm::StringLiteral kernelNumberAttribute = "dl.number";
/// Marks a kernel that reports data errors (unit). Others, when they are given
/// the report, do nothing if there is one.
constexpr llvm::StringLiteral reportsAttribute = "dl.reports";
/// Shared memory that its launch brings, in bytes (i64); absent: none.
constexpr llvm::StringLiteral sharedBytesAttribute = "dl.shared_bytes";
/// Marks the kernel (to, from, bytes) that copies: the bytes of a block (i64).
constexpr llvm::StringLiteral copiesAttribute = "dl.copies";

// On the host function of a kernel, where a report is wanted.

/// Its launches, in order: `{kernel, blocks, threads, shared_bytes}`.
constexpr llvm::StringLiteral stepsAttribute = "dl.steps";
/// Multiply-adds that a processor of the device makes in a cycle at most (i64), nominally.
constexpr llvm::StringLiteral productsAttribute = "dl.products_per_cycle";

} // namespace dlc
#endif // DLC_PASSES_ELEMENTS_TARGET_H
