// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// A model on a test set: loss and hits through `evaluate`, what it says
/// through `predict`.
#ifndef DLC_TOOLS_RUN_EVALUATION_H
#define DLC_TOOLS_RUN_EVALUATION_H
#include "dlc-run/Dataset.h"
#include "dlc-run/History.h"

namespace dlc {

struct Score {
  double loss = 0;       ///< mean over the rows
  double accuracy = NAN; ///< hits over rows; NaN when the function counts none
};

/// `evaluate` returns sums over its rows, so that the batch size does not
/// matter: a floating `loss` and, where it means something, an integer `hits`.
class Evaluation {
public:
  /// Throws Failure when the function has no such outputs.
  Evaluation(const dlc_model &model, int function, const Dims &bounds);
  Score run(Context &context, const Dataset &data, Dims dims, int64_t batch);

private:
  Call call;
  int loss, hits;
};

/// Classes that an output gives scores for: the second extent of a floating
/// [rows x classes] where rows are a named dimension; 0 for anything else.
int64_t classCount(const dlc_argument &argument);

/// Fills history.confusion and history.pictures from the test set, when the
/// model has a function whose output is floating [rows x classes], and the set
/// an integer column of one label per row that this function does not take.
/// Returns why not otherwise, "" when done.
std::string examine(const dlc_model &model, int function, Context &context, const Dataset &data, Dims dims,
                    int64_t batch, History &history);

} // namespace dlc
#endif
