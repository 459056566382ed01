// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// A progress line that is redrawn in place on a terminal and absent elsewhere.
#ifndef DLC_TOOLS_RUN_PROGRESS_H
#define DLC_TOOLS_RUN_PROGRESS_H
#include <chrono>
#include <cstdint>
#include <string>

namespace dlc {

/// Writes to standard error, at most ten times a second.
class Progress {
public:
  Progress();
  ~Progress() { clear(); }
  /// "epoch 2/5 [#######.........] 230/469  loss 0.41  31,250 samples/s"
  void show(const std::string &head, int64_t done, int64_t total, const std::string &tail);
  /// Before anything else is printed.
  void clear();

private:
  bool onTerminal, coloured, drawn = false;
  std::chrono::steady_clock::time_point last;
};

} // namespace dlc
#endif
