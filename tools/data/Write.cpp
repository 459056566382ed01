// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "data/Write.h"
#include "data/Failure.h"
#include "data/Text.h"
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dlc {

static Failure cannotWrite(const std::string &path) {
  return Failure("cannot write '" + printable(path) + "': " + std::strerror(errno));
}

/// Writes everything and reports what the disk says as late as at close.
static bool writeAll(int file, const void *data, size_t size) {
  auto next = static_cast<const char *>(data);
  while (size) {
    ssize_t done = write(file, next, size);
    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0) {
      int reason = errno;
      close(file);
      errno = reason;
      return false;
    }
    next += done;
    size -= done;
  }
  return !close(file);
}

void OutputFiles::add(const std::string &path, const void *data, size_t size) {
  struct stat status;
  if (!stat(path.c_str(), &status) && !S_ISREG(status.st_mode)) {
    // Renaming over /dev/null or a pipe would replace it; a folder fails in
    // open.
    int file = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0 || !writeAll(file, data, size))
      throw cannotWrite(path);
    return;
  }
  std::string temporary = path + ".XXXXXX";
  int file = mkostemp(temporary.data(), O_CLOEXEC);
  if (file < 0)
    throw cannotWrite(path);
  pending.push_back({temporary, path});
  mode_t mask = umask(0);
  umask(mask);
  fchmod(file, 0666 & ~mask);
  if (!writeAll(file, data, size))
    throw cannotWrite(path);
}

void OutputFiles::commit() {
  while (!pending.empty()) {
    const Pending &next = pending.back();
    if (rename(next.temporary.c_str(), next.path.c_str()))
      throw cannotWrite(next.path);
    pending.pop_back();
  }
}

OutputFiles::~OutputFiles() {
  for (const Pending &file : pending)
    unlink(file.temporary.c_str());
}

void writeFile(const std::string &path, const std::string &text) {
  if (path == "-") {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
      throw Failure("cannot write to standard output");
    return;
  }
  OutputFiles outputs;
  outputs.add(path, text);
  outputs.commit();
}

static const char *npyDescription(int32_t type) {
  switch (type) {
  case DLC_F64:
    return "<f8";
  case DLC_F32:
    return "<f4";
  case DLC_F16:
    return "<f2";
  case DLC_I64:
    return "<i8";
  case DLC_I32:
    return "<i4";
  case DLC_I8:
    return "|i1";
  case DLC_I1:
    return "|b1";
  default:
    return "|u1";
  }
}

Bytes npyOf(const Array &array) {
  if (array.type == DLC_BF16) {
    Array wide{DLC_F32, array.shape, Bytes(array.bytes.size() * 2)};
    for (int64_t i = 0; i < array.elements(); i++)
      store(wide.bytes.data(), DLC_F32, i, element(array.bytes.data(), DLC_BF16, i));
    return npyOf(wide);
  }
  std::string header = format("{'descr': '%s', 'fortran_order': False, 'shape': (", npyDescription(array.type));
  for (int64_t extent : array.shape)
    header += std::to_string(extent) + ", ";
  header += "), }";
  // The data begin at a multiple of 64: numpy.lib.format.
  header.resize((10 + header.size() + 1 + 63) / 64 * 64 - 10 - 1, ' ');
  header += '\n';
  Bytes out = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, uint8_t(header.size()), uint8_t(header.size() >> 8)};
  out.insert(out.end(), header.begin(), header.end());
  out.insert(out.end(), array.bytes.begin(), array.bytes.end());
  return out;
}

} // namespace dlc
