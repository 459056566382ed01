// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Files that are part of the compiler, so that it needs no folder of its own.
#ifndef DLC_COMPILER_LINK_EMBEDDED_H
#define DLC_COMPILER_LINK_EMBEDDED_H

#include "llvm/ADT/StringRef.h"

namespace dlc {

/// libdlc_runtime.a for an architecture; empty where this dlc was built without.
llvm::StringRef embeddedRuntime(llvm::StringRef arch);

/// A stand-in for the C library: its name, and those of its functions that the
/// runtime and generated code call, without code or versions. Linking against
/// it gives the same library on every machine.
llvm::StringRef embeddedLibc(llvm::StringRef arch);

} // namespace dlc
#endif // DLC_COMPILER_LINK_EMBEDDED_H
