// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The IDX format of the MNIST files: two zero bytes, a type, a rank, big-endian
// extents, big-endian data (http://yann.lecun.com/exdb/mnist, "file formats").
#include "data/Failure.h"
#include "data/Read.h"
#include "data/Text.h"
#include <algorithm>

namespace dlc {

static int32_t idxType(int code) {
  switch (code) {
  case 0x08:
    return DLC_U8;
  case 0x09:
    return DLC_I8;
  case 0x0C:
    return DLC_I32;
  case 0x0D:
    return DLC_F32;
  case 0x0E:
    return DLC_F64;
  default:
    throw Failure(format("IDX type 0x%02x is not supported, expected 0x08 ui8, "
                         "0x09 i8, 0x0c i32, 0x0d f32 or 0x0e f64",
                         code));
  }
}

Array readIdx(Bytes bytes) {
  int32_t type = idxType(bytes[2]);
  size_t rank = bytes[3], header = 4 + 4 * rank;
  if (bytes.size() < header)
    throw Failure(
        format("an IDX header of %zu dimensions needs %zu bytes, the file has %zu", rank, header, bytes.size()));
  Shape shape(rank);
  for (size_t i = 0; i < rank; i++) {
    const uint8_t *p = &bytes[4 + 4 * i];
    shape[i] = uint32_t(p[0]) << 24 | p[1] << 16 | p[2] << 8 | p[3];
  }
  Array array = arrayAt(std::move(bytes), header, type, std::move(shape));
  if (int64_t width = typeSize(type); width > 1)
    for (auto p = array.bytes.begin(); p != array.bytes.end(); p += width)
      std::reverse(p, p + width);
  return array;
}

} // namespace dlc
