// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-simulate/Intrinsics.h"
#include "tools/dlc-simulate/Threads.h"
#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <vector>

namespace dlc::simulate {
namespace {
constexpr unsigned mostThreads = 1024;

struct Copy {
  char *to;
  const char *from;
  int32_t bytes, valid;
};
/// Groups of copies of each thread, oldest first; the last one is open.
std::array<std::deque<std::vector<Copy>>, mostThreads> copies;
bool early = false;
std::array<int32_t, mostThreads> words; // on offer to the warp

/// Offers a word; when all of the warp have, reads that of lane `source(own lane)`.
template <typename Source> int32_t exchange(int32_t word, Source source) {
  unsigned thread = currentThread(), first = thread / warpSize * warpSize;
  unsigned count = std::min(warpSize, threadCount() - first);
  words[thread] = word;
  meet(first, count);
  int32_t result = words[first + source(thread - first)];
  meet(first, count); // nobody offers the next before all have read
  return result;
}
} // namespace

int32_t threadIndex() { return static_cast<int32_t>(currentThread()); }
int32_t blockIndex() { return static_cast<int32_t>(currentBlock()); }
void barrier() { meet(0, threadCount()); }

// PTX ISA, shfl.sync: bits 8-12 of c mask the segment, bits 0-4 bound the lane.
int32_t shuffleDown(int32_t word, int32_t offset, int32_t clamp) {
  return exchange(word, [&](int32_t lane) {
    int32_t segment = (clamp >> 8) & 31, last = (lane & segment) | (clamp & ~segment & 31);
    return lane + offset <= last ? lane + offset : lane;
  });
}
int32_t shuffleUp(int32_t word, int32_t offset, int32_t clamp) {
  return exchange(word, [&](int32_t lane) {
    int32_t segment = (clamp >> 8) & 31, last = (lane & segment) | (clamp & ~segment & 31);
    return lane - offset >= last ? lane - offset : lane;
  });
}
int32_t ballot(bool bit) {
  unsigned thread = currentThread(), first = thread / warpSize * warpSize;
  unsigned count = std::min(warpSize, threadCount() - first);
  words[thread] = bit;
  meet(first, count);
  uint32_t bits = 0;
  for (unsigned lane = 0; lane < count; ++lane)
    bits |= static_cast<uint32_t>(words[first + lane]) << lane;
  meet(first, count); // nobody offers the next before all have read
  return static_cast<int32_t>(bits);
}
int32_t shuffleIndex(int32_t word, int32_t index, int32_t clamp) {
  return exchange(word, [&](int32_t lane) {
    int32_t segment = (clamp >> 8) & 31, last = (lane & segment) | (clamp & ~segment & 31),
            source = (lane & segment) | (index & ~segment);
    return source <= last ? source : lane;
  });
}

static void perform(const Copy &copy) {
  std::memset(copy.to, 0, copy.bytes);
  std::memcpy(copy.to, copy.from, copy.valid);
}

void setCopiesEarly(bool at) { early = at; }
void copyAsync(char *to, const char *from, int32_t bytes, int32_t valid) {
  if (early)
    return perform({to, from, bytes, valid});
  auto &own = copies[currentThread()];
  if (own.empty())
    own.emplace_back();
  own.back().push_back({to, from, bytes, valid});
}
void endCopies() { copies[currentThread()].emplace_back(); }
void awaitCopies(int32_t groups) {
  auto &own = copies[currentThread()];
  while (own.size() > static_cast<size_t>(groups) + 1) { // the open group is none yet
    for (const Copy &copy : own.front())
      perform(copy);
    own.pop_front();
  }
}
void dropCopies() {
  for (auto &own : copies)
    own.clear();
}

} // namespace dlc::simulate
