// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-simulate/Intrinsics.h"
#include "tools/dlc-simulate/Threads.h"
#include <algorithm>
#include <array>
#include <cmath>
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

/// Offers something; when all of the warp have, calls `read(what all offer, own lane, lanes)`.
template <typename T, typename Read> void together(std::array<T, mostThreads> &offers, const T &own, Read read) {
  unsigned thread = currentThread(), first = thread / warpSize * warpSize;
  unsigned count = std::min(warpSize, threadCount() - first);
  offers[thread] = own;
  meet(first, count);
  read(&offers[first], thread - first, count);
  meet(first, count); // nobody offers the next before all have read
}

/// Offers a word; when all of the warp have, reads that of lane `source(own lane)`.
template <typename Source> int32_t exchange(int32_t word, Source source) {
  int32_t result = 0;
  together(words, word, [&](const int32_t *all, unsigned lane, unsigned) { result = all[source(lane)]; });
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
int32_t shuffleAcross(int32_t word, int32_t mask, int32_t clamp) {
  return exchange(word, [&](int32_t lane) {
    int32_t segment = (clamp >> 8) & 31, last = (lane & segment) | (clamp & ~segment & 31);
    return (lane ^ mask) <= last ? lane ^ mask : lane;
  });
}
int32_t ballot(bool bit) {
  uint32_t bits = 0;
  together(words, static_cast<int32_t>(bit), [&](const int32_t *all, unsigned, unsigned count) {
    for (unsigned lane = 0; lane < count; ++lane)
      bits |= static_cast<uint32_t>(all[lane]) << lane;
  });
  return static_cast<int32_t>(bits);
}
int32_t shuffleIndex(int32_t word, int32_t index, int32_t clamp) {
  return exchange(word, [&](int32_t lane) {
    int32_t segment = (clamp >> 8) & 31, last = (lane & segment) | (clamp & ~segment & 31),
            source = (lane & segment) | (index & ~segment);
    return source <= last ? source : lane;
  });
}

//===-- Matrices ---------------------------------------------------------===//

namespace {
struct Fragments {
  std::array<int32_t, 4> a;
  std::array<int32_t, 2> b;
};
std::array<const char *, mostThreads> rows;
std::array<Fragments, mostThreads> fragments;

constexpr unsigned unusedBits = 13; // of an f32 as TF32

float factorOf(int32_t word, unsigned element, Factors kind) {
  uint32_t bits = static_cast<uint32_t>(word);
  if (kind == Factors::F16) {
    bits = (bits >> (16 * element)) & 0xffff;
    _Float16 half;
    std::memcpy(&half, &bits, sizeof half);
    return static_cast<float>(half);
  }
  if (kind == Factors::Bf16)
    bits = bits >> (16 * element) << 16;
  else
    bits = bits >> unusedBits << unusedBits;
  float value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}
} // namespace

// PTX ISA, ldmatrix: lane i offers row i % 8 of matrix i / 8 and gets two
// neighbours of row i / 4 of each, of columns where they come transposed.
void loadMatrices(const char *row, int32_t transposed, int32_t *result) {
  together(rows, row, [&](const char *const *all, unsigned lane, unsigned) {
    for (unsigned matrix = 0; matrix < 4; ++matrix) {
      uint16_t pair[2];
      for (unsigned e = 0; e < 2; ++e) {
        unsigned r = lane / 4, c = lane % 4 * 2 + e;
        if (transposed)
          std::swap(r, c);
        std::memcpy(&pair[e], all[matrix * 8 + r] + c * 2, 2);
      }
      std::memcpy(&result[matrix], pair, 4);
    }
  });
}

// PTX ISA, mma.m16n8k16: with g = lane / 4 and t = lane % 4, word i of A has row
// g + 8 (i % 2), columns 2t + 8 (i / 2) and the next; word i of B has rows
// 2t + 8 i and the next, column g; of C there are rows g and g + 8, columns 2t and
// the next. A word of mma.m16n8k8 is one element: column t + 4 (i / 2), row t + 4 i.
void multiplyMatrices(int32_t factors, int32_t a0, int32_t a1, int32_t a2, int32_t a3, int32_t b0, int32_t b1, float c0,
                      float c1, float c2, float c3, float *result) {
  const float sums[] = {c0, c1, c2, c3};
  auto kind = static_cast<Factors>(factors);
  unsigned perWord = kind == Factors::Tf32 ? 1 : 2, half = 4 * perWord;
  together(fragments, Fragments{{a0, a1, a2, a3}, {b0, b1}}, [&](const Fragments *all, unsigned lane, unsigned) {
    for (unsigned i = 0; i < 4; ++i) {
      unsigned row = lane / 4, column = lane % 4 * 2 + i % 2;
      double sum = sums[i];
      for (unsigned k = 0; k < 2 * half; ++k) {
        unsigned owner = k % half / perWord, element = k % perWord;
        sum += static_cast<double>(factorOf(all[row * 4 + owner].a[i / 2 + k / half * 2], element, kind)) *
               factorOf(all[column * 4 + owner].b[k / half], element, kind);
      }
      result[i] = static_cast<float>(sum);
    }
  });
}

int32_t roundToTf32(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  if (std::isfinite(value))
    bits += 1U << (unusedBits - 1);
  return static_cast<int32_t>(bits >> unusedBits << unusedBits);
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
