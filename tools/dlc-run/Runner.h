// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// What runs a model's calls, as the command line says it.
#ifndef DLC_TOOLS_RUN_RUNNER_H
#define DLC_TOOLS_RUN_RUNNER_H
#include "dlc-run/Commands.h"
#include "dlc-run/Threads.h"
#include "dlc/runtime.h"

namespace dlc {

struct Runner {
  int threads = availableThreads();
  std::string variant; ///< a name, or empty: the best
  std::string device;  ///< "cpu", "cuda", "cuda:1", or empty: the library's own

  /// Adds --threads, --device and, where one variant runs, --variant.
  void addTo(CLI::App *command, bool oneVariant = true);
  /// The options of a context, which point into this struct.
  dlc_context_options options() const;
  /// Index of the variant a context would use, or -1 with an error. A device is
  /// not looked for.
  int choose(const dlc_model &model, dlc_error *error) const;
  /// "avx512, 2 threads", or "sm_80" alone.
  std::string describe(const dlc_variant &variant) const;
};

} // namespace dlc
#endif
