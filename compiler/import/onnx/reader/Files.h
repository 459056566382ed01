// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The one way the importer opens files: sizes first, links never.
#ifndef DLC_COMPILER_IMPORT_ONNX_READER_FILES_H
#define DLC_COMPILER_IMPORT_ONNX_READER_FILES_H

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace dlc::onnx {

using Bytes = std::vector<uint8_t>;

/// The whole of a regular file of at most `limit` bytes; null and `error` otherwise.
std::shared_ptr<Bytes> readFile(const std::string &path, uint64_t limit, std::string &error);

/// Files below one folder. A location that leaves it, is or passes a symbolic
/// link, has a second hard link or is no regular file is refused. Contents are
/// copied, not mapped: a file cut short meanwhile is an error, not a signal.
class Folder {
public:
  /// The folder that holds `modelPath`, with `limit` bytes to read in all.
  Folder(const std::string &modelPath, uint64_t limit);
  ~Folder();
  Folder(const Folder &) = delete;

  /// `length` bytes at `offset` of `location`. Equal requests share one copy.
  std::shared_ptr<const Bytes> read(const std::string &location, uint64_t offset, uint64_t length, std::string &error);

  /// Locations that were read, sorted.
  std::vector<std::string> locations() const;

private:
  int directory = -1;
  uint64_t left;
  std::map<std::tuple<std::string, uint64_t, uint64_t>, std::shared_ptr<const Bytes>> seen;
};

} // namespace dlc::onnx
#endif // DLC_COMPILER_IMPORT_ONNX_READER_FILES_H
