// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// All arrays of a file that holds several: .safetensors and NumPy's .npz.
#ifndef DLC_TOOLS_DATA_ARCHIVE_H
#define DLC_TOOLS_DATA_ARCHIVE_H
#include "data/Array.h"
#include "data/File.h"
#include <map>

namespace dlc {

using NamedArrays = std::map<std::string, Array>;

/// Reads `path`, told apart by its first bytes. Throws Failure with a message
/// that begins with the file's name.
NamedArrays readArchive(const std::string &path, int64_t limit = defaultDataLimit);

/// The same for callers without exceptions: false with `error` set.
bool readArchive(const std::string &path, NamedArrays &arrays, std::string &error) noexcept;

/// The members of a .npz: a ZIP file (PKWARE APPNOTE 6.3.10) of .npy files,
/// stored or deflated.
NamedArrays readNpz(const Bytes &bytes, int64_t limit);
NamedArrays readAllSafetensors(const Bytes &bytes);

} // namespace dlc
#endif
