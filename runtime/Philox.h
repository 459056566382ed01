// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw,
// "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
#ifndef DLC_RUNTIME_PHILOX_H
#define DLC_RUNTIME_PHILOX_H
#include <cstdint>

namespace dlc::v1 {

struct PhiloxBlock {
  uint32_t words[4];
};

/// The 128 random bits at `counter` under `key`.
constexpr PhiloxBlock philox(PhiloxBlock counter, uint64_t key) {
  uint32_t k0 = uint32_t(key), k1 = uint32_t(key >> 32);
  auto &c = counter.words;
  for (int round = 0; round < 10; ++round) {
    uint64_t p = uint64_t(0xd2511f53) * c[0], q = uint64_t(0xcd9e8d57) * c[2];
    counter = {{uint32_t(q >> 32) ^ c[1] ^ k0, uint32_t(q), uint32_t(p >> 32) ^ c[3] ^ k1, uint32_t(p)}};
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  return counter;
}

// The known answers of the authors' own test file for this generator.
constexpr bool philoxGives(PhiloxBlock counter, uint64_t key, PhiloxBlock expected) {
  PhiloxBlock block = philox(counter, key);
  for (int i = 0; i < 4; ++i)
    if (block.words[i] != expected.words[i])
      return false;
  return true;
}
static_assert(philoxGives({{0, 0, 0, 0}}, 0, {{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}));
static_assert(philoxGives({{~0u, ~0u, ~0u, ~0u}}, ~uint64_t(0), {{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}));
static_assert(philoxGives({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, 0x299f31d0a4093822,
                          {{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}));

} // namespace dlc::v1
#endif
