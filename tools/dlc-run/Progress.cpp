// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Progress.h"
#include "data/Text.h"
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace dlc {

Progress::Progress() {
  const char *terminal = std::getenv("TERM"), *plain = std::getenv("NO_COLOR");
  onTerminal =
      isatty(STDERR_FILENO) && terminal && std::strcmp(terminal, "dumb");
  coloured =
      !plain || !*plain; // https://no-color.org: any value but the empty one
}

void Progress::show(const std::string &head, int64_t done, int64_t total,
                    const std::string &tail) {
  auto now = std::chrono::steady_clock::now();
  if (!onTerminal || (drawn && now - last < std::chrono::milliseconds(100)))
    return;
  last = now;
  drawn = true;
  constexpr int64_t width = 24;
  int64_t filled = total > 0 ? width * done / total : 0;
  std::string bar(filled, '#'), rest(width - filled, '.');
  const char *on = coloured ? "\033[36m" : "", *dim = coloured ? "\033[2m" : "",
             *off = coloured ? "\033[0m" : "";
  std::fprintf(stderr, "\r\033[K%s [%s%s%s%s%s%s] %lld/%lld  %s", head.c_str(),
               on, bar.c_str(), off, dim, rest.c_str(), off, (long long)done,
               (long long)total, tail.c_str());
  std::fflush(stderr);
}

void Progress::clear() {
  if (drawn)
    std::fputs("\r\033[K", stderr);
  drawn = false;
}

} // namespace dlc
