// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Learning-rate schedules: a hyper-parameter as a function of the step.
#ifndef DLC_TOOLS_RUN_SCHEDULE_H
#define DLC_TOOLS_RUN_SCHEDULE_H
#include <cstdint>
#include <string>

namespace dlc {

/// constant, exponential:G (times G after each epoch) or onecycle:MAX.
class Schedule {
public:
  /// Throws Usage when `text` is none of the three.
  explicit Schedule(const std::string &text);

  /// The value at a global step. `base` is the hyper-parameter's own value,
  /// used by all but onecycle.
  ///
  /// onecycle: Smith and Topin, "Super-Convergence" (2018), arXiv 1708.07120,
  /// with cosine arcs: from MAX/25 up to MAX in the first 30% of the steps,
  /// then down to MAX/250,000.
  double at(int64_t step, int64_t stepsPerEpoch, int64_t totalSteps, double base) const;

  bool isConstant() const { return kind == Constant; }

private:
  enum { Constant, Exponential, OneCycle } kind = Constant;
  double parameter = 1;
};

} // namespace dlc
#endif
