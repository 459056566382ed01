// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_TOOLS_DLC_COMMANDLINE_H
#define DLC_TOOLS_DLC_COMMANDLINE_H

#include "compiler/Options.h"
#include "llvm/ADT/ArrayRef.h"
#include <string>

namespace dlc {

/// Reads the arguments after the program's name. False with `error` set when
/// they cannot be meant: an unknown option (with the nearest), a value missing
/// or wrong, no input.
bool parseCommandLine(llvm::ArrayRef<char *> arguments, Options &options, std::string &error);

} // namespace dlc
#endif // DLC_TOOLS_DLC_COMMANDLINE_H
