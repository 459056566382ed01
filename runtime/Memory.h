// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Where blocks of memory come from.
#ifndef DLC_RUNTIME_MEMORY_H
#define DLC_RUNTIME_MEMORY_H
#include <cstddef>
#include <cstdint>

namespace dlc::v1 {

/// What arenas, state and prepared blocks start at; compiled code relies on it.
constexpr size_t blockAlignment = 64;

/// Zeroed memory aligned to 64 bytes, every page touched, so that a real-time
/// caller meets no page fault later; large blocks ask for huge pages. NULL when
/// there is none; at least one byte is allocated. Freed by `release`.
unsigned char *allocate(uint64_t bytes);
void release(void *memory);

/// Lays out several arrays in one block: run once without memory to learn the
/// size, then with it.
class Carver {
public:
  explicit Carver(unsigned char *memory = nullptr) : memory(memory) {}
  template <typename T> T *take(int64_t count) {
    used = (used + alignof(T) - 1) / alignof(T) * alignof(T);
    T *place = memory ? reinterpret_cast<T *>(memory + used) : nullptr;
    used += sizeof(T) * uint64_t(count);
    return place;
  }
  uint64_t bytes() const { return used; }

private:
  unsigned char *memory;
  uint64_t used = 0;
};

} // namespace dlc::v1
#endif
