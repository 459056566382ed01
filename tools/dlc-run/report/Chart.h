// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// A line chart over epochs.
#ifndef DLC_TOOLS_RUN_REPORT_CHART_H
#define DLC_TOOLS_RUN_REPORT_CHART_H
#include "dlc-run/report/Svg.h"

namespace dlc::report {

struct Series {
  std::string name, colour;
  std::vector<std::pair<double, double>> points; ///< (epoch, value); NaN values are gaps left out
};

enum class Unit { Plain, Percent, Count };

/// Draws title, grid and curves; each curve is named with its last value at its
/// end, so that no legend has to be matched by colour.
void drawChart(Svg &svg, const Box &box, const std::string &title, const std::vector<Series> &series, Unit unit);

/// At least two round numbers that cover [low, high], of magnitudes below 1e30:
/// steps of 1, 2 or 5 times a power of ten.
std::vector<double> niceTicks(double low, double high, int about);

} // namespace dlc::report
#endif
