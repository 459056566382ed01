// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Grey pictures as PNG, the one raster format SVG readers agree on.
#ifndef DLC_TOOLS_RUN_REPORT_PNG_H
#define DLC_TOOLS_RUN_REPORT_PNG_H
#include "data/Array.h"

namespace dlc::report {

/// `pixels`: width * height bytes, row by row, 0 black. Both extents at
/// least 1.
Bytes greyPng(int64_t width, int64_t height, const Bytes &pixels);

} // namespace dlc::report
#endif
