// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Whole files, plain or compressed, under a limit.
#ifndef DLC_TOOLS_DATA_FILE_H
#define DLC_TOOLS_DATA_FILE_H
#include "data/Array.h"

namespace dlc {

/// The default of every reader's `limit`, after decompression; `--data-limit`
/// changes it.
constexpr int64_t defaultDataLimit = int64_t(16) << 30;

/// The bytes of a regular file, decompressed when it begins as gzip does
/// (whatever its name). Memory grows with what is really there, never with what
/// a header promises. Throws Failure when it cannot be read, is damaged or
/// exceeds `limit`.
Bytes readFile(const std::string &path, int64_t limit);

} // namespace dlc
#endif
