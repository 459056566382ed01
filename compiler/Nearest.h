// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_COMPILER_NEAREST_H
#define DLC_COMPILER_NEAREST_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace dlc {

/// "; did you mean 'x'?" for the one of `known` that is a few edits from
/// `word`, else "; expected one of a, b, c".
std::string suggestNearest(llvm::StringRef word, llvm::ArrayRef<std::string> known);

} // namespace dlc
#endif // DLC_COMPILER_NEAREST_H
