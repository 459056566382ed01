// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Result files that appear together, or not at all.
#ifndef DLC_TOOLS_DATA_WRITE_H
#define DLC_TOOLS_DATA_WRITE_H
#include "data/Array.h"
#include <string>
#include <vector>

namespace dlc {

/// Files are written beside their final names and renamed by commit(); what was
/// not committed is removed. A path that is a device or a pipe is written
/// directly.
class OutputFiles {
public:
  OutputFiles() = default;
  OutputFiles(const OutputFiles &) = delete;
  ~OutputFiles();

  /// Throws Failure naming `path` when it cannot be written in full.
  void add(const std::string &path, const void *data, size_t size);
  void add(const std::string &path, const std::string &text) { add(path, text.data(), text.size()); }
  void commit();

private:
  struct Pending {
    std::string temporary, path;
  };
  std::vector<Pending> pending;
};

/// One text, written and committed; "-" is standard output.
void writeFile(const std::string &path, const std::string &text);

/// An array as .npy version 1. bf16, which NumPy does not know, becomes f32
/// (exactly).
Bytes npyOf(const Array &array);

} // namespace dlc
#endif
