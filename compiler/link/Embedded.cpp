// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/link/Embedded.h"

// CMake names the two files and recompiles this one when they change.
#define EMBED(symbol, path)                                                    \
  asm(".section .rodata\n"                                                     \
      ".balign 16\n" #symbol ":\n"                                             \
      ".incbin \"" path "\"\n" #symbol "_end:\n"                               \
      ".byte 0\n"                                                              \
      ".text\n");                                                              \
  extern "C" __attribute__((visibility("hidden"))) const char symbol[],        \
      symbol##_end[]

EMBED(dlc_embedded_runtime, DLC_RUNTIME_ARCHIVE);
EMBED(dlc_embedded_libc, DLC_LIBC_STUB);

llvm::StringRef dlc::embeddedRuntime() {
  return {dlc_embedded_runtime,
          size_t(dlc_embedded_runtime_end - dlc_embedded_runtime)};
}

llvm::StringRef dlc::embeddedLibc() {
  return {dlc_embedded_libc, size_t(dlc_embedded_libc_end - dlc_embedded_libc)};
}
