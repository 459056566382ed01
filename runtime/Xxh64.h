// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// XXH64, from its public specification
// (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md).
#ifndef DLC_RUNTIME_XXH64_H
#define DLC_RUNTIME_XXH64_H
#include <cstddef>
#include <cstdint>

namespace dlc::v1 {

/// The 64-bit hash of `bytes` bytes with seed 0.
uint64_t xxh64(const void *data, size_t bytes);

} // namespace dlc::v1
#endif
