// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Values of a report's expressions over named dimensions.
#ifndef DLC_TOOLS_REPORT_EXPRESSION_H
#define DLC_TOOLS_REPORT_EXPRESSION_H
#include <cstdint>
#include <map>
#include <string>

namespace dlc {

/// The value of "2*batch*seq + 1" or "floordiv(h + 1, 2)". Throws Failure for a
/// text that is no expression, a name without a value, a divisor that is not
/// positive, and a value beyond int64.
int64_t evaluate(const std::string &expression, const std::map<std::string, int64_t> &dims);

} // namespace dlc
#endif
