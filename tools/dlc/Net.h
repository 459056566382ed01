// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_TOOLS_DLC_NET_H
#define DLC_TOOLS_DLC_NET_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>

namespace dlc {

/// The last net under a compilation of `input`: a defect of ours or of LLVM's
/// ends with one line, exit code 1 and no output, not with a stack dump,
/// whichever thread it is on. Where the crash can be left behind, LLVM's reason
/// and a copy of the input are in the line. `work` runs on a stack large enough
/// for parsers and verifiers, which recurse; returns its result.
int runInNet(const std::string &input, llvm::function_ref<int()> work);

} // namespace dlc
#endif // DLC_TOOLS_DLC_NET_H
