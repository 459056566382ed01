// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How large constants may get that folding makes.
#ifndef DLC_DIALECTS_DL_FOLD_H
#define DLC_DIALECTS_DL_FOLD_H

#include "dialects/dl/Dl.h"

namespace dlc::dl {

/// The attribute of the module that holds the limit, an i64 in bytes: an op is
/// evaluated while compiling when no operand and no result of it has more. So
/// weights stay where they are, and compile time is bounded.
inline constexpr llvm::StringLiteral foldLimitName = "dl.fold_limit";
/// The limit of a module without the attribute.
inline constexpr int64_t defaultFoldLimit = 8192;
/// The limit that holds for `op`, in bytes.
int64_t foldLimitOf(mlir::Operation *op);

/// Bytes of the largest constant that folding `op` would read or make if its
/// operands are constants; null for an op that is folded for no limit.
std::optional<int64_t> bytesToFold(mlir::Operation *op);

} // namespace dlc::dl
#endif // DLC_DIALECTS_DL_FOLD_H
