// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Parameters.h"
#include "data/Array.h"
#include "dlc-run/Signature.h"
#include <algorithm>

namespace dlc {

std::map<std::string, Size> parameterSizes(const dlc_model &model) {
  std::map<std::string, Size> sizes;
  for (const dlc_parameter &parameter : parameters(model)) {
    std::string name = parameter.name;
    Size &size = sizes[parameter.kind == DLC_PARAMETER ? "" : name.substr(0, name.find_first_of("./"))];
    size.bytes += parameter.bytes;
    size.elements += parameter.bytes / std::max<int64_t>(1, typeSize(parameter.type));
    size.tensors++;
  }
  return sizes;
}

} // namespace dlc
