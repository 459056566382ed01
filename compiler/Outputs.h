// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The files a compilation writes: all of them or none.
#ifndef DLC_COMPILER_OUTPUTS_H
#define DLC_COMPILER_OUTPUTS_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace dlc {

class Outputs {
public:
  Outputs() = default;
  Outputs(const Outputs &) = delete;
  /// Removes what was not committed.
  ~Outputs();

  /// Writes `bytes` for `path`: to a temporary file beside it, to standard
  /// output for "-", straight to what exists and is no file (a device, a pipe).
  /// The last two happen in `commit`. False with `error` set.
  bool add(llvm::StringRef path, llvm::StringRef bytes, bool executable, std::string &error);

  /// Puts everything in its place. False with `error` set: then no file was
  /// replaced.
  bool commit(std::string &error);

private:
  struct File {
    std::string path;
    std::string temporary; // empty: `bytes` go straight to `path`
    std::string bytes;
  };
  std::vector<File> files;
};

} // namespace dlc
#endif // DLC_COMPILER_OUTPUTS_H
