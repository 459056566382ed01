// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// One run of `dlc train`.
#ifndef DLC_TOOLS_RUN_TRAINRUN_H
#define DLC_TOOLS_RUN_TRAINRUN_H
#include "data/File.h"
#include "dlc-run/Profile.h"
#include <CLI/Option.hpp>
#include <string>
#include <vector>

namespace dlc {

struct TrainOptions {
  std::string model, function = "train_step", evaluate = "evaluate", predict = "predict";
  std::vector<std::string> data, test, hypers, classes;
  std::string schedule = "constant", scheduled = "learning_rate";
  std::string weights, resume, folder, report, history;
  int64_t epochs = 1, batch = 0, steps = 0, seed = 0;
  int64_t dataLimit = defaultDataLimit;
  Runner runner;
  ProfileOption profile;
  bool json = false;
  const CLI::Option *seedOption = nullptr; ///< tells whether --seed was given
};

/// Returns the exit code: 0, or 128 + the signal that ended it (after saving).
int train(const TrainOptions &options);

} // namespace dlc
#endif
