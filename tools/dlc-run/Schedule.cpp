// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Schedule.h"
#include "data/Failure.h"
#include "data/Text.h"
#include "dlc-run/Bindings.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace dlc {

Schedule::Schedule(const std::string &text) {
  size_t colon = text.find(':');
  std::string name = text.substr(0, colon);
  bool hasNumber = colon != std::string::npos;
  if (name == "constant" && !hasNumber)
    return;
  if ((name != "exponential" && name != "onecycle") || !hasNumber)
    throw Usage("--schedule: expected constant, exponential:FACTOR or "
                "onecycle:MAXIMUM, given '" +
                printable(text) + "'" + suggestion(name, {"constant", "exponential", "onecycle"}));
  kind = name == "exponential" ? Exponential : OneCycle;
  parameter = parseNumber(text.substr(colon + 1), "--schedule " + name);
  if (parameter <= 0)
    throw Usage("--schedule " + name + ": expected a number above 0, given '" + printable(text.substr(colon + 1)) +
                "'");
}

double Schedule::at(int64_t step, int64_t stepsPerEpoch, int64_t totalSteps, double base) const {
  if (kind == Constant)
    return base;
  if (kind == Exponential)
    return base * std::pow(parameter, static_cast<double>(step / stepsPerEpoch));
  double peak = std::max(1.0, 0.3 * static_cast<double>(totalSteps) - 1);
  double last = std::max(peak + 1, static_cast<double>(totalSteps - 1)), now = static_cast<double>(step);
  auto arc = [](double from, double to, double t) {
    return to + (from - to) * (1 + std::cos(std::numbers::pi * std::clamp(t, 0.0, 1.0))) / 2;
  };
  double start = parameter / 25;
  return now <= peak ? arc(start, parameter, now / peak) : arc(parameter, start / 1e4, (now - peak) / (last - peak));
}

} // namespace dlc
