// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// The lines `dlc train` prints on standard output, for people or as JSON.
#ifndef DLC_TOOLS_RUN_TRAINLOG_H
#define DLC_TOOLS_RUN_TRAINLOG_H
#include "dlc-run/Trainer.h"

namespace dlc {

class TrainLog {
public:
  TrainLog(bool json, int64_t epochs) : json(json), epochs(epochs) {}

  void model(const Library &library, const Plan &plan, const dlc_memory_info &memory, const dlc_variant &variant,
             const Runner &runner) const;
  void data(const Dataset &train, const Dataset &test, const Trainer &trainer, int64_t batch) const;
  void resumed(const std::string &file, int64_t step) const;
  void epoch(const Epoch &epoch) const;
  /// A run that ended within an epoch.
  void stopped(const Epoch &epoch, int64_t step, const std::string &saved) const;
  void report(const std::string &path, const std::string &what) const;

private:
  bool json;
  int64_t epochs;
};

} // namespace dlc
#endif
