// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Reading a whole range, and replacing a file so that nobody sees half of it.
#ifndef DLC_RUNTIME_FILE_H
#define DLC_RUNTIME_FILE_H
#include "dlc/runtime.h"
#include <csignal>

namespace dlc::v1 {

/// Bytes that can be read by position: a file, or memory.
class Source {
public:
  Source(const void *data, uint64_t size) : data(static_cast<const unsigned char *>(data)), bytes(size) {}
  Source() = default;
  ~Source();
  Source(const Source &) = delete;

  /// Opens a regular file. It is read, never mapped: a file that another
  /// process cuts short is then an error and not a signal.
  dlc_status open(const char *path, dlc_error *error);
  /// Copies [offset, offset + count), which must lie within `size()`.
  dlc_status read(uint64_t offset, void *to, uint64_t count, dlc_error *error) const;
  uint64_t size() const { return bytes; }
  /// What messages call it: the path, or "checkpoint in memory".
  const char *name() const { return path ? path : "checkpoint in memory"; }

private:
  const char *path = nullptr;
  const unsigned char *data = nullptr;
  uint64_t bytes = 0;
  int file = -1;
};

/// A file being written beside the one it will replace. Until `commit` the old
/// one stays; a process killed at any moment leaves the old or the new one, and
/// at most a ".partial" that the next save reuses.
class Replaced {
public:
  ~Replaced();
  Replaced();
  Replaced(const Replaced &) = delete;
  /// DLC_BUSY while another save to the same path is under way.
  dlc_status open(const char *path, dlc_error *error);
  dlc_status write(const void *data, uint64_t count, dlc_error *error);
  /// Synced to the disk, renamed, and the folder synced.
  dlc_status commit(dlc_error *error);

private:
  dlc_status failWrite(int number, dlc_error *error);
  const char *path = nullptr;
  char *partial = nullptr;
  int file = -1;
  // A write beyond the process's file-size limit raises SIGXFSZ, which ends the
  // program; here it is an error like a full disk.
  sigset_t before;
  bool wasPending;
};

} // namespace dlc::v1
#endif
