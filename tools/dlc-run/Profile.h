// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Where the time of a call goes, for libraries made with --profile.
#ifndef DLC_TOOLS_RUN_PROFILE_H
#define DLC_TOOLS_RUN_PROFILE_H
#include "dlc-run/Call.h"
#include "dlc-run/Json.h"

namespace dlc {

/// A context whose launches are timed. Compiled code counts them in a slot of
/// the arena (passes/PlanMemory/Profile.h), so the arena is ours.
class Profile {
public:
  /// Throws Failure for a library without timers.
  Profile(const Library &library, const Weights &weights, int function, const Dims &dims, const Runner &runner);
  Context &context() { return *owned; }

  /// Calls `rounds` times and keeps the times of every launch.
  void measure(Call &call, int rounds);
  /// The library's report for these dimensions, with measured times and the
  /// share of this machine's limits that each launch reaches.
  Json report() const;
  /// Chrome's trace format: the calls of `measure` one after the other.
  Json trace() const;

private:
  struct Record { ///< as compiled code has it, in ticks
    int64_t began, ended, sum, runs;
  };
  Record *records() const;

  const Library &library;
  int function;
  Dims dims;
  Runner runner;
  Json described, launches; ///< the library's report; the function's launches
  struct Free {
    void operator()(unsigned char *memory) const;
  };
  std::unique_ptr<unsigned char, Free> arena;
  std::unique_ptr<Context> owned;
  int64_t offset = 0; ///< of the records in the arena
  std::vector<std::vector<Record>> rounds;
  double secondsPerTick = 0;
};

} // namespace dlc
#endif
