// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Indices.h"
#include "data/Failure.h"
#include "data/Text.h"

namespace dlc {

void fitIndices(const dlc_argument &argument, const std::string &file, Array &array) {
  if (!argument.checked || isFloat(array.type) || array.type == DLC_I1)
    return;
  int64_t count = array.elements();
  for (int64_t i = 0; i < count; i++) {
    int64_t value = integer(array.bytes.data(), array.type, i);
    if (value < 0 || value >= argument.bound)
      throw Failure(printable(file) + ": " + printable(argument.name) + " " + std::to_string(value) + " at position " +
                    std::to_string(i) + ", expected 0.." + std::to_string(argument.bound - 1));
  }
  if (array.type == argument.type)
    return;
  Array fitting{argument.type, array.shape, Bytes(count * typeSize(argument.type))};
  for (int64_t i = 0; i < count; i++)
    storeInteger(fitting.bytes.data(), argument.type, i, integer(array.bytes.data(), array.type, i));
  array = std::move(fitting);
}

} // namespace dlc
