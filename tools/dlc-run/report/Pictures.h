// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Examples with what the model said about them.
#ifndef DLC_TOOLS_RUN_REPORT_PICTURES_H
#define DLC_TOOLS_RUN_REPORT_PICTURES_H
#include "dlc-run/History.h"
#include "dlc-run/report/Svg.h"

namespace dlc::report {

/// Five to a row; a wrong answer also names the truth. Returns the height used.
double drawPictures(Svg &svg, double x, double y, double width, const History &history);

} // namespace dlc::report
#endif
