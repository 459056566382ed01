// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// The training report: one self-contained SVG.
#ifndef DLC_TOOLS_RUN_REPORT_H
#define DLC_TOOLS_RUN_REPORT_H
#include "dlc-run/History.h"

namespace dlc {

/// Curves of loss and accuracy, and what the history has of a confusion matrix
/// and pictures. No script, no link, no outside font; every name is escaped.
std::string drawReport(const History &history);

} // namespace dlc
#endif
