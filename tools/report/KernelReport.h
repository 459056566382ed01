// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// A report of kernels (compiler/report/README.md) as a page.
#ifndef DLC_TOOLS_REPORT_KERNELREPORT_H
#define DLC_TOOLS_REPORT_KERNELREPORT_H
#include <string>

namespace dlc {

/// One HTML file that loads nothing and runs nothing. Names in the report are
/// data and are escaped. Throws Failure for what is no report.
std::string drawKernelReport(const std::string &json);

} // namespace dlc
#endif
