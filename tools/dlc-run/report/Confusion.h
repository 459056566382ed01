// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Who is taken for whom.
#ifndef DLC_TOOLS_RUN_REPORT_CONFUSION_H
#define DLC_TOOLS_RUN_REPORT_CONFUSION_H
#include "dlc-run/History.h"
#include "dlc-run/report/Svg.h"

namespace dlc::report {

/// "Ankle boot", or "7" for a class without a name.
std::string className(const History &history, int64_t index);

/// The matrix of history.confusion: a row is a true class. Returns the height
/// used.
double drawConfusion(Svg &svg, double x, double y, double width, const History &history);

} // namespace dlc::report
#endif
