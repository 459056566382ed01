// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// Arrays from .npy, IDX and .safetensors files, each also gzip-compressed.
///
/// All of these files are hostile: a reader compares what a header promises
/// with the bytes that are there before it allocates or indexes anything.
#ifndef DLC_TOOLS_DATA_READ_H
#define DLC_TOOLS_DATA_READ_H
#include "data/Array.h"
#include "data/File.h"

namespace dlc {

/// Reads `where`: "file", or "file.safetensors:tensor". A safetensors file
/// without a tensor's name gives the tensor called `argument`, or its only one.
/// Throws Failure with a message that begins with the file's name.
Array readArray(const std::string &where, const std::string &argument, int64_t limit = defaultDataLimit);

/// The formats; `bytes` is the whole decompressed file and becomes the array's
/// storage, so that a large file is not held twice.
Array readNpy(Bytes bytes);
Array readIdx(Bytes bytes);
Array readSafetensors(Bytes bytes, const std::string &tensor, const std::string &argument);

/// An array of `type` and `shape` whose data are the bytes from `offset` on,
/// which must be exactly as many as the shape says.
Array arrayAt(Bytes bytes, size_t offset, int32_t type, Shape shape);

} // namespace dlc
#endif
