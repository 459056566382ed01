// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A GPU's machine code, by NVIDIA's assembler.
#ifndef DLC_COMPILER_CODEGEN_CUBIN_H
#define DLC_COMPILER_CODEGEN_CUBIN_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace dlc {

/// What ptxas makes of PTX for `gpu` ("sm_90a"): the bytes of a cubin. `ptxas` is a
/// path, or a name that PATH is searched for. None with `error` set: it is not
/// there, cannot be run or refuses the code.
std::optional<std::string> assembleCubin(llvm::StringRef ptx, llvm::StringRef gpu, llvm::StringRef ptxas,
                                         std::string &error);

} // namespace dlc
#endif // DLC_COMPILER_CODEGEN_CUBIN_H
