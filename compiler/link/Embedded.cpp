// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/link/Embedded.h"

using llvm::StringRef;

// CMake names the files of each machine that there are, and recompiles this one
// when they change.
#define EMBED(symbol, path)                                                                                            \
  asm(".section .rodata\n"                                                                                             \
      ".balign 16\n" #symbol ":\n"                                                                                     \
      ".incbin \"" path "\"\n" #symbol "_end:\n"                                                                       \
      ".byte 0\n"                                                                                                      \
      ".text\n");                                                                                                      \
  extern "C" __attribute__((visibility("hidden"))) const char symbol[], symbol##_end[]
#define EMBEDDED(symbol) StringRef(symbol, size_t(symbol##_end - symbol))

#ifdef DLC_RUNTIME_X86_64
EMBED(dlc_runtime_x86_64, DLC_RUNTIME_X86_64);
EMBED(dlc_libc_x86_64, DLC_LIBC_X86_64);
#endif
#ifdef DLC_RUNTIME_AARCH64
EMBED(dlc_runtime_aarch64, DLC_RUNTIME_AARCH64);
EMBED(dlc_libc_aarch64, DLC_LIBC_AARCH64);
#endif

StringRef dlc::embeddedRuntime(StringRef arch) {
#ifdef DLC_RUNTIME_X86_64
  if (arch == "x86_64")
    return EMBEDDED(dlc_runtime_x86_64);
#endif
#ifdef DLC_RUNTIME_AARCH64
  if (arch == "aarch64")
    return EMBEDDED(dlc_runtime_aarch64);
#endif
  return {};
}

StringRef dlc::embeddedLibc(StringRef arch) {
#ifdef DLC_RUNTIME_X86_64
  if (arch == "x86_64")
    return EMBEDDED(dlc_libc_x86_64);
#endif
#ifdef DLC_RUNTIME_AARCH64
  if (arch == "aarch64")
    return EMBEDDED(dlc_libc_aarch64);
#endif
  return {};
}
