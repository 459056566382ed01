// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// What a training run was like: written as JSON, read back, drawn as a report.
#ifndef DLC_TOOLS_RUN_HISTORY_H
#define DLC_TOOLS_RUN_HISTORY_H
#include "data/Array.h"
#include <cmath>
#include <string>
#include <vector>

namespace dlc {

/// NaN: not measured.
struct Epoch {
  int64_t number = 0;
  double loss = NAN, testLoss = NAN, accuracy = NAN; ///< accuracy in 0..1
  double samplesPerSecond = NAN;
  std::string checkpoint;
};

/// A grey picture of the test set and what the model said about it.
struct Picture {
  int64_t width = 0, height = 0, truth = 0, prediction = 0;
  double confidence = NAN; ///< the output's value for the predicted class
  Bytes pixels;            ///< width * height, row by row
};

struct History {
  std::string model, compiler, variant;
  int64_t parameters = 0, trainRows = 0, testRows = 0;
  std::vector<Epoch> epochs;
  std::vector<std::string> classes;            ///< names; may be empty
  std::vector<std::vector<int64_t>> confusion; ///< [truth][prediction]; may be empty
  std::vector<Picture> pictures;
};

/// JSON of format 1; pictures as base64.
std::string toJson(const History &history);
/// Throws Failure naming `path` when the text is no such history.
History parseHistory(const std::string &path, const Bytes &text);

} // namespace dlc
#endif
