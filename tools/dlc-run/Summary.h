// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// A few lines about an array, for people or for programs.
#ifndef DLC_TOOLS_RUN_SUMMARY_H
#define DLC_TOOLS_RUN_SUMMARY_H
#include "data/Array.h"

namespace dlc {

/// Shape, least, mean and greatest value, the first values, and for floating
/// [rows x classes] the best class of each of the first rows. Ends with a
/// newline.
std::string summarise(const std::string &name, const Array &array, bool json);

/// The index of the greatest of `count` values; the first of equals.
int64_t argmax(const uint8_t *data, int32_t type, int64_t begin, int64_t count);

} // namespace dlc
#endif
