// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Types.h"

using namespace dlc::v1;

// In the order of DLC_F64 .. DLC_U8, which start at 1.
static constexpr TypeInfo table[] = {
    {"unknown", "", 0, 0, 0},        {"f64", "F64", 8, kDLFloat, 64},    {"f32", "F32", 4, kDLFloat, 32},
    {"f16", "F16", 2, kDLFloat, 16}, {"bf16", "BF16", 2, kDLBfloat, 16}, {"i64", "I64", 8, kDLInt, 64},
    {"i32", "I32", 4, kDLInt, 32},   {"i8", "I8", 1, kDLInt, 8},         {"i1", "BOOL", 1, kDLBool, 8},
    {"ui8", "U8", 1, kDLUInt, 8},
};

const TypeInfo &dlc::v1::typeInfo(int32_t type) DLC_NONBLOCKING {
  return table[type >= DLC_F64 && type <= DLC_U8 ? type : 0];
}

int64_t dlc::v1::bytesOf(int32_t type, const int64_t *extents, int32_t rank) DLC_NONBLOCKING {
  int64_t bytes = typeInfo(type).width;
  for (int32_t i = 0; i < rank; ++i)
    if (extents[i] == 0)
      return 0;
  for (int32_t i = 0; i < rank; ++i)
    if (__builtin_mul_overflow(bytes, extents[i], &bytes))
      return INT64_MAX;
  return bytes;
}
