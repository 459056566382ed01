// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_COMPILER_COMPILE_H
#define DLC_COMPILER_COMPILE_H

#include "compiler/Options.h"

namespace dlc {

/// Compiles as `options` say. Diagnostics go to standard error. Returns the
/// exit code: 0, or 1 when refused or failed; then no output was written.
int compile(Options options);

/// What `-o` asks for by its suffix; nothing for a suffix that dlc does not
/// write.
std::optional<OutputKind> kindOf(const std::string &path);

/// "dlc 0.1.0 (LLVM 22.1.8)".
std::string versionText();

} // namespace dlc
#endif // DLC_COMPILER_COMPILE_H
