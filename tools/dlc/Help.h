// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_TOOLS_DLC_HELP_H
#define DLC_TOOLS_DLC_HELP_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace dlc {

/// One screen.
std::string helpText();
/// What `dlc help TOPIC` prints; empty for an unknown topic.
std::string topicText(llvm::StringRef topic);
std::vector<std::string> topics();

} // namespace dlc
#endif // DLC_TOOLS_DLC_HELP_H
