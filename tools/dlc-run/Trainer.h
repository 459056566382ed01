// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// The training loop of `dlc train`: an app like any other, over the public
/// API.
#ifndef DLC_TOOLS_RUN_TRAINER_H
#define DLC_TOOLS_RUN_TRAINER_H
#include "dlc-run/Evaluation.h"
#include "dlc-run/Progress.h"
#include "dlc-run/Schedule.h"

namespace dlc {

struct Plan {
  int function = -1;
  int64_t epochs = 1, batch = 64;
  int64_t stopAfter = 0; ///< steps of this run; 0: no limit
  Hypers hypers;
  Schedule schedule{"constant"};
  std::string scheduled; ///< the hyper-parameter that follows the schedule
  std::string folder;    ///< of the checkpoints
};

/// Set by SIGINT and SIGTERM, looked at after every step.
class Interrupt {
public:
  /// The first signal asks for an end, a second one kills as usual.
  Interrupt();
  static int signal();
};

class Trainer {
public:
  Trainer(const Library &library, Weights &weights, Context &context, const Plan &plan, const Dataset &train,
          const Dims &dims);

  int64_t stepsPerEpoch() const { return perEpoch; }
  int64_t totalSteps() const { return perEpoch * plan.epochs; }

  enum class End { Epoch, Stopped, Interrupted };
  /// Trains to the end of the epoch in which the weights' step counter stands,
  /// unless stopped before. Fills `epoch` with the mean loss over the rows of
  /// this call. Throws Failure for a loss that is not finite, before anything
  /// is saved.
  End runEpoch(Epoch &epoch, Progress &progress);

  /// Saves into the folder, after checking that every parameter is finite;
  /// returns the path.
  std::string save(const std::string &name);
  /// The newest file that save() wrote, or the words for none.
  std::string lastSaved() const {
    return last.empty() ? "no checkpoint was saved" : "the last good checkpoint is " + last;
  }

private:
  const Library &library;
  Weights &weights;
  Context &context;
  const Plan &plan;
  const Dataset &train;
  Dims dims;
  Call call;
  int loss;
  int64_t perEpoch, taken = 0, ordered = -1;
  std::vector<int64_t> order;
  std::string last;
};

} // namespace dlc
#endif
