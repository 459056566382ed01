// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dlc-run/Limits.h"
#include "dlc/abi.h"
#include "dlc/runtime.h"
#include <algorithm>
#include <barrier>
#include <chrono>
#include <functional>
#include <thread>

namespace dlc {

namespace {
/// One burst's code for one width of vectors. `multiplyAdds` does 2 *
/// accumulators * lanes operations a trip; `sum` reads `count` floats, a
/// multiple of 64.
struct Burst {
  float (*multiplyAdds)(int64_t trips);
  float (*sum)(const float *data, int64_t count);
  int lanes;
  int accumulators;
};
} // namespace

#if defined(__x86_64__)
#define DLC_VECTOR_REGISTER "x"
#else
#define DLC_VECTOR_REGISTER "w"
#endif

// Written out three times, since a function's processor is an attribute and no
// parameter of a template. Twelve accumulators: more spilled (and measured half
// of the limit), and they hide the latency of a multiply-add on two ports.
#define DLC_BURST(NAME, TARGET, LANES, ACCUMULATORS)                                                                   \
  TARGET static float NAME##MultiplyAdds(int64_t trips) {                                                              \
    typedef float Vector __attribute__((vector_size(LANES * 4)));                                                      \
    Vector factor = {}, sums[ACCUMULATORS] = {};                                                                       \
    factor += 0.5f;                                                                                                    \
    for (int64_t trip = 0; trip < trips; trip++) {                                                                     \
      _Pragma("GCC unroll 32") for (int i = 0; i < ACCUMULATORS; i++) sums[i] = sums[i] * factor + factor;             \
      asm volatile("" : "+" DLC_VECTOR_REGISTER(factor));                                                              \
    }                                                                                                                  \
    Vector total = {};                                                                                                 \
    for (const Vector &one : sums)                                                                                     \
      total += one;                                                                                                    \
    return total[0];                                                                                                   \
  }                                                                                                                    \
  TARGET static float NAME##Sum(const float *data, int64_t count) {                                                    \
    typedef float Vector __attribute__((vector_size(LANES * 4), aligned(4), may_alias));                               \
    Vector sums[4] = {};                                                                                               \
    for (int64_t at = 0; at < count; at += 4 * LANES)                                                                  \
      for (int i = 0; i < 4; i++)                                                                                      \
        sums[i] += *reinterpret_cast<const Vector *>(data + at + i * LANES);                                           \
    Vector total = sums[0] + sums[1] + sums[2] + sums[3];                                                              \
    return total[0];                                                                                                   \
  }
#if defined(__x86_64__)
DLC_BURST(avx512, __attribute__((target("avx512f"))), 16, 12)
DLC_BURST(avx2, __attribute__((target("avx2,fma"))), 8, 12)
#endif
DLC_BURST(basic, , 4, 12)
#undef DLC_BURST

static Burst burstFor(uint64_t features) {
#if defined(__x86_64__)
  if (features & DLC_CPU_AVX512)
    return {avx512MultiplyAdds, avx512Sum, 16, 12};
  if (features & DLC_CPU_AVX2_FMA)
    return {avx2MultiplyAdds, avx2Sum, 8, 12};
#endif
  return {basicMultiplyAdds, basicSum, 4, 12};
}

/// Runs `work` on all threads at once, `rounds` times; returns the shortest wall
/// time. Threads stay: a new one begins on the processor of the one that made it.
static double shortest(int threads, int rounds, const std::function<void(int)> &work) {
  using Clock = std::chrono::steady_clock;
  double best = std::numeric_limits<double>::infinity();
  std::barrier meet(threads);
  auto run = [&](int thread) {
    for (int round = 0; round < rounds; round++) {
      meet.arrive_and_wait();
      Clock::time_point start = Clock::now();
      work(thread);
      meet.arrive_and_wait();
      if (thread == 0)
        best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
    }
  };
  std::vector<std::thread> others;
  for (int i = 1; i < threads; i++)
    others.emplace_back(run, i);
  run(0);
  for (std::thread &other : others)
    other.join();
  return best;
}

double Limits::bytesPerSecond(double touched) const {
  for (const Bandwidth &one : bandwidths)
    if (touched <= static_cast<double>(one.bytes))
      return one.perSecond;
  return bandwidths.back().perSecond;
}

Limits measureLimits(int threads, uint64_t features) {
  // Short and many: other programs take turns, and one must be all ours. For a
  // fifth of a second, as two threads at once are undisturbed less often.
  constexpr int rounds = 40, bursts = 200;
  Burst burst = burstFor(features);
  volatile float sink = 0; // results are used, so that work is done
  Limits limits;
  constexpr int64_t trips = 100'000;
  double seconds = shortest(threads, bursts, [&](int) { sink = burst.multiplyAdds(trips); });
  limits.flopsPerSecond = 2.0 * static_cast<double>(trips) * burst.accumulators * burst.lanes * threads / seconds;
  // First-level cache, second, third, memory.
  constexpr int64_t kilobyte = 1024, least = 4 << 20; // bytes a burst reads
  for (int64_t bytes : {16 * kilobyte, 256 * kilobyte, 4096 * kilobyte, 65536 * kilobyte}) {
    std::vector<std::vector<float>> data(threads, std::vector<float>(static_cast<size_t>(bytes) / 4, 1.0f));
    int64_t repeats = std::max<int64_t>(1, least / bytes);
    double seconds = shortest(threads, rounds, [&](int thread) {
      for (int64_t i = 0; i < repeats; i++)
        sink = burst.sum(data[thread].data(), bytes / 4);
    });
    limits.bandwidths.push_back({bytes, static_cast<double>(repeats * bytes) * threads / seconds});
  }
  return limits;
}

} // namespace dlc
