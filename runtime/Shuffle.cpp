// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The order of an epoch's samples, as a pure function: nothing but the step
// counter is needed to resume in the middle of one.
#include "Philox.h"
#include "dlc/runtime.h"

using namespace dlc::v1;

/// Set apart from the streams of the model's own operations, which count from
/// 0.
static constexpr uint32_t shuffleStream = 0xffffffff;

extern "C" void dlc_shuffle(uint64_t seed, int64_t epoch, int64_t n, int64_t *order) DLC_NONBLOCKING {
  if (!order)
    return;
  for (int64_t i = 0; i < n; ++i)
    order[i] = i;
  PhiloxBlock block{};
  uint64_t held = ~uint64_t(0);
  for (int64_t i = n - 1; i > 0; --i) {
    if (uint64_t wanted = uint64_t(i) / 2; wanted != held) {
      block = philox({{uint32_t(wanted), uint32_t(wanted >> 32), shuffleStream, uint32_t(epoch)}}, seed);
      held = wanted;
    }
    const uint32_t *half = block.words + i % 2 * 2;
    uint64_t draw = uint64_t(half[1]) << 32 | half[0];
    // Scaling 64 bits to 0 .. i departs from uniform by less than n / 2^64: no
    // draw needs to be rejected, so each position has its own.
    auto j = static_cast<int64_t>(static_cast<unsigned __int128>(draw) * uint64_t(i + 1) >> 64);
    int64_t kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
}
