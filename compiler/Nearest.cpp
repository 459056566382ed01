// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/Nearest.h"
#include "llvm/ADT/StringExtras.h"

std::string dlc::suggestNearest(llvm::StringRef word, llvm::ArrayRef<std::string> known) {
  unsigned best = std::max<unsigned>(2, word.size() / 3) + 1;
  llvm::StringRef nearest;
  for (const std::string &name : known)
    if (unsigned distance = word.edit_distance(name); distance < best) {
      best = distance;
      nearest = name;
    }
  if (!nearest.empty())
    return "; did you mean '" + nearest.str() + "'?";
  return "; expected one of " + llvm::join(known, ", ");
}
