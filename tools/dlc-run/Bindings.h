// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// name=value pairs and numbers as the command line gives them.
#ifndef DLC_TOOLS_RUN_BINDINGS_H
#define DLC_TOOLS_RUN_BINDINGS_H
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace dlc {

using Bindings = std::vector<std::pair<std::string, std::string>>;

/// "image=a.npy,label=b.npy", given once or in several options. A comma begins
/// a new pair only where NAME= follows, so that file names may hold commas. A
/// name given twice, or a pair without '=', throws Usage naming `option`.
Bindings parseBindings(const std::vector<std::string> &given, const std::string &option);

/// A whole number >= 0; Usage naming `what` otherwise.
int64_t parseCount(const std::string &text, const std::string &what);
/// A finite decimal number; Usage naming `what` otherwise.
double parseNumber(const std::string &text, const std::string &what);

} // namespace dlc
#endif
