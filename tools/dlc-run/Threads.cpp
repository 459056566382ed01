// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Threads.h"
#include <algorithm>
#include <cmath>
#include <fstream>
#include <sched.h>
#include <string>

namespace dlc {

/// Processors' worth of time per period: cpu.max of cgroup 2, else the two
/// files of cgroup 1.
static double quota() {
  double allowed = 0, period = 0;
  if (std::ifstream file("/sys/fs/cgroup/cpu.max"); file >> allowed >> period) // "max 100000" fails to parse: no limit
    return period > 0 ? allowed / period : 0;
  std::ifstream("/sys/fs/cgroup/cpu/cpu.cfs_quota_us") >> allowed;
  std::ifstream("/sys/fs/cgroup/cpu/cpu.cfs_period_us") >> period;
  return allowed > 0 && period > 0 ? allowed / period : 0;
}

int availableThreads() {
  cpu_set_t set;
  int threads = sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);
  double limit = quota();
  if (limit > 0)
    threads = std::min(threads, static_cast<int>(std::ceil(limit)));
  return std::max(threads, 1);
}

} // namespace dlc
