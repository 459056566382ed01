// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Progress.h"
#include "data/Text.h"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/ioctl.h>
#include <unistd.h>

namespace dlc {

Progress::Progress() {
  const char *terminal = std::getenv("TERM"), *plain = std::getenv("NO_COLOR");
  onTerminal = isatty(STDERR_FILENO) && terminal && std::strcmp(terminal, "dumb");
  coloured = !plain || !*plain; // https://no-color.org: any value but the empty one
}

static size_t columns() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || size.ws_col < 2 ? 80 : size.ws_col;
}

void Progress::show(const std::string &head, int64_t done, int64_t total, const std::string &tail) {
  auto now = std::chrono::steady_clock::now();
  if (!onTerminal || (drawn && now - last < std::chrono::milliseconds(100)))
    return;
  last = now;
  drawn = true;
  constexpr int64_t width = 24;
  int64_t filled = total > 0 ? width * done / total : 0;
  std::string count = std::to_string(done) + "/" + std::to_string(total);
  std::string text = head + " " + count + "  " + tail;
  if (text.size() + width + 3 < columns()) {
    std::string bar(filled, '#'), rest(width - filled, '.');
    const char *on = coloured ? "\033[36m" : "", *dim = coloured ? "\033[2m" : "", *off = coloured ? "\033[0m" : "";
    text = head + " [" + on + bar + off + dim + rest + off + "] " + count + "  " + tail;
  } else {
    // A line that wraps could not be redrawn.
    text.resize(std::min(text.size(), columns() - 1));
  }
  std::fprintf(stderr, "\r\033[K%s", text.c_str());
  std::fflush(stderr);
}

void Progress::clear() {
  if (drawn)
    std::fputs("\r\033[K", stderr);
  drawn = false;
}

} // namespace dlc
