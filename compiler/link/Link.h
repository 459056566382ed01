// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// lld in this process: no other program runs, nothing outside dlc is read.
#ifndef DLC_COMPILER_LINK_LINK_H
#define DLC_COMPILER_LINK_LINK_H

#include "compiler/Workshop.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace dlc {

/// Links object files into the shared library `output`: the runtime inside and
/// hidden, `<model>_*` and the accessor dlc_model_v1 exported. A symbol that
/// neither the runtime nor the list of C library functions it needs has is an
/// error, here and not when the library is opened. `workshop` is for files of the
/// linker's own. There must be a runtime for `arch` (Embedded.h). False with `error` set.
bool linkShared(llvm::ArrayRef<std::string> objects, llvm::StringRef arch, llvm::StringRef model, Workshop &workshop,
                llvm::StringRef output, std::string &error);

/// Merges object files into one.
bool linkRelocatable(llvm::ArrayRef<std::string> objects, llvm::StringRef output, std::string &error);

} // namespace dlc
#endif // DLC_COMPILER_LINK_LINK_H
