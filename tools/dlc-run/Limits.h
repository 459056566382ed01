// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// What this machine can do at most, measured in short bursts.
#ifndef DLC_TOOLS_RUN_LIMITS_H
#define DLC_TOOLS_RUN_LIMITS_H
#include <cstdint>
#include <vector>

namespace dlc {

struct Limits {
  double flopsPerSecond = 0; ///< f32 multiply-adds (two each) on registers
  struct Bandwidth {
    int64_t bytes;    ///< read over and over by each thread
    double perSecond; ///< bytes, all threads together
  };
  std::vector<Bandwidth> bandwidths; ///< by size; the last is memory's

  /// Of work that touches so many bytes in all.
  double bytesPerSecond(double touched) const;
};

/// Bursts of some milliseconds each, on `threads` threads at once, with the
/// vectors that a variant of these `features` (DLC_CPU_*) uses. The best of
/// several counts: a limit is what nothing exceeds.
Limits measureLimits(int threads, uint64_t features);

} // namespace dlc
#endif
