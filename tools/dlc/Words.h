// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reading the words of a subcommand: options with values, and names of files.
#ifndef DLC_TOOLS_DLC_WORDS_H
#define DLC_TOOLS_DLC_WORDS_H

#include "compiler/Nearest.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <map>
#include <string>
#include <vector>

namespace dlc {

class Words {
public:
  /// Reads `words`; every option takes a value and stands once, as `--name VALUE`
  /// or `--name=VALUE`. `error` is set for what is not among `options`.
  Words(llvm::ArrayRef<char *> words, const std::vector<std::string> &options) {
    for (size_t i = 0; i < words.size(); ++i) {
      llvm::StringRef word = words[i];
      if (word.size() < 2 || !word.starts_with("-")) {
        files.push_back(word.str());
        continue;
      }
      auto [name, value] = word.split('=');
      if (!llvm::is_contained(options, name)) {
        error = "unknown option '" + name.str() + "'" + suggestNearest(name, options);
        return;
      }
      if (!word.contains('=') && i + 1 < words.size())
        value = words[++i];
      if (value.empty()) {
        error = name.str() + ": expected a value";
        return;
      }
      if (!given.emplace(name.str(), value.str()).second) {
        error = name.str() + " is given twice";
        return;
      }
    }
  }

  /// The option's value; empty where it is not given.
  std::string operator[](const std::string &option) const {
    auto found = given.find(option);
    return found == given.end() ? "" : found->second;
  }

  std::vector<std::string> files;
  std::string error;

private:
  std::map<std::string, std::string> given;
};

} // namespace dlc
#endif // DLC_TOOLS_DLC_WORDS_H
