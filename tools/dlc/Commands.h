// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Subcommands of dlc that need the compiler; the others are dlc-run's.
#ifndef DLC_TOOLS_DLC_COMMANDS_H
#define DLC_TOOLS_DLC_COMMANDS_H

#include "llvm/ADT/ArrayRef.h"

namespace dlc {

/// `dlc export --weights CHECKPOINT MODEL.onnx -o TUNED.onnx`: trained weights
/// back into the file they came from. Takes the words after `export`; returns
/// the exit code.
int runExport(llvm::ArrayRef<char *> words);

/// `dlc compare MODEL MODEL.so`: the first value that departs from the
/// reference. Exit code 0: none does.
int runCompare(llvm::ArrayRef<char *> words);

} // namespace dlc
#endif // DLC_TOOLS_DLC_COMMANDS_H
