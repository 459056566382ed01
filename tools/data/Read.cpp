// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "data/Read.h"
#include "data/Failure.h"
#include "data/Text.h"
#include <cstring>

namespace dlc {

Array arrayAt(Bytes bytes, size_t offset, int32_t type, Shape shape) {
  int64_t wanted = checkedBytes(shape, typeSize(type)), given = static_cast<int64_t>(bytes.size() - offset);
  if (wanted != given) {
    std::string says = wanted < 0 ? "more than 2^62 bytes" : grouped(wanted) + " bytes";
    throw Failure("the header says " + std::string(typeName(type)) + describeShape(shape) + ", " + says +
                  ", but the file has " + grouped(given));
  }
  std::memmove(bytes.data(), bytes.data() + offset, given);
  bytes.resize(given);
  if (type == DLC_I1)
    for (size_t i = 0; i < bytes.size(); i++)
      if (bytes[i] > 1)
        throw Failure(format("value %d at position %zu is no boolean, expected 0 or 1", bytes[i], i));
  return Array{type, std::move(shape), std::move(bytes)};
}

/// Splits "file.safetensors:tensor"; a file's own colon stays when nothing like
/// that follows.
static std::string splitTensor(std::string &path) {
  for (std::string_view suffix : {".safetensors:", ".safetensors.gz:"})
    if (size_t at = path.find(suffix); at != std::string::npos) {
      std::string tensor = path.substr(at + suffix.size());
      path.resize(at + suffix.size() - 1);
      return tensor;
    }
  return "";
}

/// A safetensors file has no magic number: its name, or its header's first
/// brace, tells. The name goes first, and IDX before the brace, which may be an
/// IDX element.
static bool isSafetensors(const std::string &path) {
  return path.ends_with(".safetensors") || path.ends_with(".safetensors.gz");
}

Array readArray(const std::string &where, const std::string &argument, int64_t limit) {
  std::string path = where, tensor = splitTensor(path);
  Bytes bytes = readFile(path, limit);
  try {
    if (bytes.size() >= 6 && !std::memcmp(bytes.data(), "\x93NUMPY", 6))
      return readNpy(std::move(bytes));
    if (isSafetensors(path))
      return readSafetensors(std::move(bytes), tensor, argument);
    if (bytes.size() >= 4 && bytes[0] == 0 && bytes[1] == 0)
      return readIdx(std::move(bytes));
    if (bytes.size() > 8 && bytes[8] == '{')
      return readSafetensors(std::move(bytes), tensor, argument);
  } catch (const Failure &failure) {
    throw Failure(printable(path) + ": " + failure.what());
  }
  throw Failure(printable(path) + ": not an array: expected .npy, IDX or .safetensors data, " +
                (bytes.empty() ? "given an empty file" : "given something else"));
}

} // namespace dlc
