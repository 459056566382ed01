// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "data/Array.h"
#include <bit>
#include <cmath>
#include <cstring>

namespace dlc {

namespace {
struct Type {
  const char *name;
  int64_t size;
};
/// Indexed by the DLC_* numbers of dlc/abi.h.
constexpr Type types[] = {{"?", 0},   {"f64", 8}, {"f32", 4}, {"f16", 2}, {"bf16", 2},
                          {"i64", 8}, {"i32", 4}, {"i8", 1},  {"i1", 1},  {"ui8", 1}};
const Type &lookup(int32_t type) { return types[type >= 1 && type <= DLC_U8 ? type : 0]; }

template <typename T> T load(const uint8_t *data, int64_t index) {
  T value;
  std::memcpy(&value, data + index * sizeof(T), sizeof(T));
  return value;
}
template <typename T> void put(uint8_t *data, int64_t index, T value) {
  std::memcpy(data + index * sizeof(T), &value, sizeof(T));
}
} // namespace

const char *typeName(int32_t type) { return lookup(type).name; }
int64_t typeSize(int32_t type) { return lookup(type).size; }
bool isFloat(int32_t type) { return type >= DLC_F64 && type <= DLC_BF16; }

int64_t checkedBytes(const Shape &shape, int64_t width) {
  int64_t total = width;
  bool empty = false;
  for (int64_t extent : shape) {
    if (extent < 0)
      return -1;
    if (extent == 0) {
      empty = true;
    } else if (__builtin_mul_overflow(total, extent, &total) || total > int64_t(1) << 62) {
      return -1;
    }
  }
  return empty ? 0 : total;
}

int64_t Array::elements() const { return checkedBytes(shape, 1); }

std::string describeShape(const Shape &shape) {
  std::string out = "[";
  for (size_t i = 0; i < shape.size(); i++)
    out += (i ? "x" : "") + std::to_string(shape[i]);
  return out + "]";
}

std::string Array::describe() const { return typeName(type) + (shape.empty() ? "" : describeShape(shape)); }

/// IEEE binary16 to double; exact, subnormals included.
static double fromHalf(uint16_t bits) {
  int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double magnitude = exponent == 31 ? (fraction ? NAN : INFINITY)
                     : exponent     ? std::ldexp(1024 + fraction, exponent - 25)
                                    : std::ldexp(fraction, -24);
  return bits & 0x8000 ? -magnitude : magnitude;
}

/// Nearest binary16, ties to even: scaled so that one unit is the last place,
/// rounded, rebuilt.
static uint16_t toHalf(double value) {
  uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  double magnitude = std::fabs(value);
  if (std::isnan(value))
    return 0x7E00;
  if (magnitude >= 65520)
    return sign | 0x7C00;
  int exponent = magnitude > 0 ? std::max(std::ilogb(magnitude), -14) : -14;
  auto units = static_cast<uint32_t>(std::nearbyint(std::ldexp(magnitude, 10 - exponent)));
  // units is 1024..2048 for normals; a carry to 2048 moves into the exponent by
  // addition.
  return sign | static_cast<uint16_t>(((exponent + 14) << 10) + units);
}

static uint16_t toBfloat(double value) {
  auto bits = std::bit_cast<uint32_t>(static_cast<float>(value));
  if (std::isnan(value))
    return 0x7FC0;
  return static_cast<uint16_t>((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

double element(const uint8_t *data, int32_t type, int64_t index) {
  switch (type) {
  case DLC_F64:
    return load<double>(data, index);
  case DLC_F32:
    return load<float>(data, index);
  case DLC_F16:
    return fromHalf(load<uint16_t>(data, index));
  case DLC_BF16:
    return std::bit_cast<float>(uint32_t(load<uint16_t>(data, index)) << 16);
  default:
    return static_cast<double>(integer(data, type, index));
  }
}

int64_t integer(const uint8_t *data, int32_t type, int64_t index) {
  switch (type) {
  case DLC_I64:
    return load<int64_t>(data, index);
  case DLC_I32:
    return load<int32_t>(data, index);
  case DLC_I8:
    return load<int8_t>(data, index);
  default:
    return data[index];
  }
}

void store(uint8_t *data, int32_t type, int64_t index, double value) {
  switch (type) {
  case DLC_F64:
    return put(data, index, value);
  case DLC_F32:
    return put(data, index, static_cast<float>(value));
  case DLC_F16:
    return put(data, index, toHalf(value));
  case DLC_BF16:
    return put(data, index, toBfloat(value));
  default:
    return storeInteger(data, type, index, static_cast<int64_t>(value));
  }
}

void storeInteger(uint8_t *data, int32_t type, int64_t index, int64_t value) {
  switch (type) {
  case DLC_I64:
    return put(data, index, value);
  case DLC_I32:
    return put(data, index, static_cast<int32_t>(value));
  default:
    return put(data, index, static_cast<uint8_t>(value));
  }
}

} // namespace dlc
