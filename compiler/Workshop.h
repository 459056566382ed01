// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_COMPILER_WORKSHOP_H
#define DLC_COMPILER_WORKSHOP_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <system_error>

namespace dlc {

/// Files in a temporary folder that goes with them, for linkers and assemblers,
/// which read nothing else.
class Workshop {
public:
  Workshop();
  ~Workshop();
  Workshop(const Workshop &) = delete;

  std::string path(llvm::StringRef name) const;
  /// Writes a file; false with `error` set, and after that for every other.
  bool put(llvm::StringRef name, llvm::function_ref<void(llvm::raw_ostream &)> write, std::string &error);
  bool put(llvm::StringRef name, llvm::StringRef bytes, std::string &error);
  /// Reads one that somebody else wrote.
  bool take(llvm::StringRef name, std::string &bytes, std::string &error) const;

private:
  llvm::SmallString<128> folder;
  std::error_code code;
  bool isMade;
};

} // namespace dlc
#endif // DLC_COMPILER_WORKSHOP_H
