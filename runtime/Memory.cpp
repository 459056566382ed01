// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Memory.h"
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>

using namespace dlc::v1;

unsigned char *dlc::v1::allocate(uint64_t bytes) {
  constexpr uint64_t hugePage = 2 << 20, largest = uint64_t(1) << 62;
  if (bytes > largest)
    return nullptr;
  bool huge = bytes >= hugePage;
  uint64_t alignment = huge ? hugePage : blockAlignment;
  uint64_t size = (bytes + blockAlignment - 1) / blockAlignment * blockAlignment;
  if (!size)
    size = blockAlignment;
  void *memory = nullptr;
  if (posix_memalign(&memory, alignment, size))
    return nullptr;
  if (huge)
    madvise(memory, size, MADV_HUGEPAGE); // a wish: small pages serve as well
  memset(memory, 0, size);
  return static_cast<unsigned char *>(memory);
}

void dlc::v1::release(void *memory) { free(memory); }
