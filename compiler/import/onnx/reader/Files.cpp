// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/import/onnx/reader/Files.h"
#include "compiler/import/onnx/reader/Model.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace dlc::onnx;

namespace {
/// Closes what it holds.
struct Descriptor {
  int fd;
  explicit Descriptor(int fd) : fd(fd) {}
  ~Descriptor() {
    if (fd >= 0)
      close(fd);
  }
};
} // namespace

/// Fills `out` from `offset`; false when the file ends early or cannot be read.
static bool readFully(int fd, Bytes &out, uint64_t offset, std::string &error) {
  for (size_t done = 0; done < out.size();) {
    ssize_t got = pread(fd, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0) {
      error = got ? std::string("cannot be read: ") + strerror(errno) : "became shorter while it was read";
      return false;
    }
    done += static_cast<size_t>(got);
  }
  return true;
}

std::shared_ptr<Bytes> dlc::onnx::readFile(const std::string &path, uint64_t limit, std::string &error) {
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat info;
  if (file.fd < 0 || fstat(file.fd, &info) != 0) {
    error = std::string("cannot be opened: ") + strerror(errno);
    return nullptr;
  }
  if (!S_ISREG(info.st_mode)) {
    error = "is no regular file";
    return nullptr;
  }
  uint64_t size = static_cast<uint64_t>(info.st_size);
  if (size > limit) {
    error = "has " + std::to_string(size) + " bytes, expected at most " + std::to_string(limit);
    return nullptr;
  }
  auto bytes = std::make_shared<Bytes>(size);
  return readFully(file.fd, *bytes, 0, error) ? bytes : nullptr;
}

Folder::Folder(const std::string &modelPath, uint64_t limit) : left(limit) {
  size_t slash = modelPath.rfind('/');
  std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : modelPath.substr(0, slash);
  directory = open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
}

Folder::~Folder() {
  if (directory >= 0)
    close(directory);
}

std::vector<std::string> Folder::locations() const {
  std::vector<std::string> result;
  for (const auto &[key, bytes] : seen)
    if (result.empty() || result.back() != std::get<0>(key))
      result.push_back(std::get<0>(key));
  return result;
}

std::shared_ptr<const Bytes> Folder::read(const std::string &location, uint64_t offset, uint64_t length,
                                          std::string &error) {
  std::shared_ptr<const Bytes> &entry = seen[{location, offset, length}];
  if (entry)
    return entry;
  auto fail = [&](const std::string &what) {
    error = "external file '" + printable(location) + "' " + what;
    return nullptr;
  };
  if (location.empty() || location.find('\0') != std::string::npos)
    return fail("has no valid name");
  // O_NONBLOCK: a FIFO must not hang the open that finds it out.
  open_how how = {};
  how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  Descriptor file(static_cast<int>(syscall(SYS_openat2, directory, location.c_str(), &how, sizeof how)));
  if (file.fd < 0) {
    if (errno == EXDEV)
      return fail("lies outside the model's folder");
    if (errno == ELOOP)
      return fail("is reached through a symbolic link, which is not followed");
    return fail(std::string("cannot be opened: ") + strerror(errno));
  }
  struct stat info;
  if (fstat(file.fd, &info) != 0)
    return fail(std::string("cannot be examined: ") + strerror(errno));
  if (!S_ISREG(info.st_mode))
    return fail("is no regular file");
  if (info.st_nlink != 1)
    return fail("has " + std::to_string(info.st_nlink) + " hard links, expected one");
  uint64_t size = static_cast<uint64_t>(info.st_size);
  if (offset > size || length > size - offset)
    return fail("has " + std::to_string(size) + " bytes, expected " + std::to_string(length) + " at offset " +
                std::to_string(offset));
  if (length > left)
    return fail("exceeds the limit on external data of one model");
  left -= length;
  auto bytes = std::make_shared<Bytes>(length);
  std::string problem;
  if (!readFully(file.fd, *bytes, offset, problem))
    return fail(problem);
  return entry = bytes;
}
