// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Xxh64.h"
#include <bit>
#include <cstring>

using namespace dlc::v1;

static constexpr uint64_t prime1 = 0x9e3779b185ebca87, prime2 = 0xc2b2ae3d27d4eb4f, prime3 = 0x165667b19e3779f9,
                          prime4 = 0x85ebca77c2b2ae63, prime5 = 0x27d4eb2f165667c5;

template <typename T> static T read(const unsigned char *&at) {
  T value;
  memcpy(&value, at, sizeof(T));
  at += sizeof(T);
  return value;
}

static uint64_t round(uint64_t accumulator, uint64_t lane) {
  return std::rotl(accumulator + lane * prime2, 31) * prime1;
}

static uint64_t merge(uint64_t hash, uint64_t accumulator) { return (hash ^ round(0, accumulator)) * prime1 + prime4; }

uint64_t dlc::v1::xxh64(const void *data, size_t bytes) {
  auto *at = static_cast<const unsigned char *>(data), *end = at + bytes;
  uint64_t hash = prime5;
  if (bytes >= 32) {
    uint64_t a = prime1 + prime2, b = prime2, c = 0, d = 0 - prime1;
    while (end - at >= 32) {
      a = round(a, read<uint64_t>(at));
      b = round(b, read<uint64_t>(at));
      c = round(c, read<uint64_t>(at));
      d = round(d, read<uint64_t>(at));
    }
    hash = std::rotl(a, 1) + std::rotl(b, 7) + std::rotl(c, 12) + std::rotl(d, 18);
    hash = merge(merge(merge(merge(hash, a), b), c), d);
  }
  hash += bytes;
  while (end - at >= 8)
    hash = std::rotl(hash ^ round(0, read<uint64_t>(at)), 27) * prime1 + prime4;
  if (end - at >= 4)
    hash = std::rotl(hash ^ read<uint32_t>(at) * prime1, 23) * prime2 + prime3;
  while (at < end)
    hash = std::rotl(hash ^ read<uint8_t>(at) * prime5, 11) * prime1;
  hash = (hash ^ hash >> 33) * prime2;
  hash = (hash ^ hash >> 29) * prime3;
  return hash ^ hash >> 32;
}
