// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Where the time of calls goes: the option --profile, and reports with times.
#ifndef DLC_TOOLS_RUN_PROFILE_H
#define DLC_TOOLS_RUN_PROFILE_H
#include "dlc-run/TimedContext.h"

namespace dlc {

/// --profile alone prints a table of kernels, --profile=FILE.json writes a
/// trace. Never the next word, which may be the model's file.
class ProfileOption {
public:
  void addTo(CLI::App *command);
  bool wanted() const { return !to.empty(); }
  /// A context that is timed where that is wanted. Throws Failure for a library
  /// without timers.
  std::unique_ptr<Context> context(const Library &library, const Weights &weights, const Dims &bounds,
                                   const Runner &runner) const;
  /// What was wanted, of all calls that the context has made.
  void write(const Context &context, bool json) const;

private:
  std::string to; ///< a path, "true" for the table, or empty: not wanted
};

/// The library's report for these dimensions, with the measured times of one
/// function's launches and the share of this machine's limits that each reaches.
Json measuredReport(const Library &library, const TimedContext &context, int function, const Dims &dims,
                    const Runner &runner);

} // namespace dlc
#endif
