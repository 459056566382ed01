// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// How much a model's parameters and its other state take.
#ifndef DLC_TOOLS_RUN_PARAMETERS_H
#define DLC_TOOLS_RUN_PARAMETERS_H
#include "dlc/abi.h"
#include <map>
#include <string>

namespace dlc {

struct Size {
  int64_t elements = 0, bytes = 0, tensors = 0;
};

/// Parameters under "", other state under the part of its name before the first
/// dot: "adam.m/w1" counts as "adam".
std::map<std::string, Size> parameterSizes(const dlc_model &model);

} // namespace dlc
#endif
