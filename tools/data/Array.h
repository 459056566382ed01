// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// A dense row-major array in memory, as it was read from a file.
#ifndef DLC_TOOLS_DATA_ARRAY_H
#define DLC_TOOLS_DATA_ARRAY_H
#include "dlc/abi.h"
#include <cstdint>
#include <string>
#include <vector>

namespace dlc {

using Bytes = std::vector<uint8_t>;
using Shape = std::vector<int64_t>;

/// Little-endian elements; a rank-0 array holds one element. i1 is one byte, 0
/// or 1.
struct Array {
  int32_t type = 0; ///< DLC_F32 ...
  Shape shape;
  Bytes bytes;

  int64_t elements() const;
  /// "f32[1x32x32]"; "f32" for a scalar.
  std::string describe() const;
};

/// "f32", or "?" for a number that is no element type.
const char *typeName(int32_t type);
/// Bytes of one element; 0 for a number that is no element type.
int64_t typeSize(int32_t type);
bool isFloat(int32_t type);

/// Elements of a shape times `width`, or -1 when an extent is negative or the
/// product exceeds 2^62.
int64_t checkedBytes(const Shape &shape, int64_t width);

/// Element `index` as a number; i64 values beyond 2^53 are rounded.
double element(const uint8_t *data, int32_t type, int64_t index);
/// Element `index` of an integer array.
int64_t integer(const uint8_t *data, int32_t type, int64_t index);
/// Writes `value`, which the integer type must be able to hold.
void storeInteger(uint8_t *data, int32_t type, int64_t index, int64_t value);
/// Writes `value` rounded to `type` at `index`.
void store(uint8_t *data, int32_t type, int64_t index, double value);

std::string describeShape(const Shape &shape);

} // namespace dlc
#endif
