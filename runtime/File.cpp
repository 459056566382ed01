// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "File.h"
#include "Errors.h"
#include "Memory.h"
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace dlc::v1;

Source::~Source() {
  if (file >= 0)
    close(file);
}

dlc_status Source::open(const char *name, dlc_error *error) {
  path = name;
  // Non-blocking so that opening a pipe returns and can be refused.
  file = ::open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0)
    return failSystem(error, "open", path, errno);
  struct stat info;
  if (fstat(file, &info))
    return failSystem(error, "open", path, errno);
  if (!S_ISREG(info.st_mode))
    return fail(error, DLC_BAD_FILE) << Quoted{path} << " is not a regular file";
  bytes = uint64_t(info.st_size);
  return DLC_OK;
}

dlc_status Source::read(uint64_t offset, void *to, uint64_t count, dlc_error *error) const {
  if (data) {
    memcpy(to, data + offset, count);
    return DLC_OK;
  }
  auto *at = static_cast<unsigned char *>(to);
  while (count) {
    constexpr uint64_t most = 1 << 30; // one read returns less than 2 GiB
    ssize_t got = pread(file, at, std::min(count, most), off_t(offset));
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return failSystem(error, "read", path, errno);
    if (got == 0)
      return fail(error, DLC_BAD_FILE) << Quoted{path} << " became shorter while it was read";
    at += got;
    offset += uint64_t(got);
    count -= uint64_t(got);
  }
  return DLC_OK;
}

static bool limitPending() {
  sigset_t pending;
  return !sigpending(&pending) && sigismember(&pending, SIGXFSZ) == 1;
}

Replaced::Replaced() {
  sigset_t limit;
  sigemptyset(&limit);
  sigaddset(&limit, SIGXFSZ);
  wasPending = limitPending();
  pthread_sigmask(SIG_BLOCK, &limit, &before);
}

Replaced::~Replaced() {
  // Unlinked before the lock goes with the descriptor.
  if (file >= 0) {
    unlink(partial);
    close(file);
  }
  release(partial);
  if (!wasPending && limitPending()) {
    sigset_t limit;
    sigemptyset(&limit);
    sigaddset(&limit, SIGXFSZ);
    timespec now{0, 0};
    sigtimedwait(&limit, nullptr, &now);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

dlc_status Replaced::failWrite(int number, dlc_error *error) { return failSystem(error, "write", path, number); }

dlc_status Replaced::open(const char *name, dlc_error *error) {
  path = name;
  struct stat info;
  if (!stat(path, &info) && !S_ISREG(info.st_mode))
    return fail(error, DLC_IO) << "cannot write " << Quoted{path} << ": it exists and is not a regular file";
  constexpr char suffix[] = ".partial";
  size_t length = strlen(path);
  partial = reinterpret_cast<char *>(allocate(length + sizeof(suffix)));
  if (!partial)
    return fail(error, DLC_NO_MEMORY) << "out of memory to save " << Quoted{path};
  memcpy(partial, path, length);
  memcpy(partial + length, suffix, sizeof(suffix));
  // The lock tells a save under way from what a killed one left behind: it ends
  // with the process. A few rounds, because the file may be renamed or removed
  // between opening and locking it.
  for (int round = 0; round < 8; ++round) {
    int opened = ::open(partial, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
    if (opened < 0)
      return failWrite(errno, error);
    if (flock(opened, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK) {
      close(opened);
      return fail(error, DLC_BUSY) << "another save to " << Quoted{path} << " is under way";
    }
    struct stat byPath;
    bool same = !fstat(opened, &info) && !lstat(partial, &byPath) && info.st_ino == byPath.st_ino &&
                info.st_dev == byPath.st_dev && S_ISREG(info.st_mode) && info.st_nlink == 1;
    if (same && !ftruncate(opened, 0)) {
      file = opened;
      return DLC_OK;
    }
    close(opened);
  }
  return fail(error, DLC_IO) << "cannot write " << Quoted{partial} << ": it is not a file of its own";
}

dlc_status Replaced::write(const void *data, uint64_t count, dlc_error *error) {
  auto *at = static_cast<const unsigned char *>(data);
  while (count) {
    constexpr uint64_t most = 1 << 30;
    ssize_t put = ::write(file, at, std::min(count, most));
    if (put < 0 && errno == EINTR)
      continue;
    if (put <= 0)
      return failWrite(put < 0 ? errno : EIO, error);
    at += put;
    count -= uint64_t(put);
  }
  return DLC_OK;
}

dlc_status Replaced::commit(dlc_error *error) {
  if (fsync(file) || rename(partial, path))
    return failWrite(errno, error);
  close(file);
  file = -1;
  // The new name is safe once its folder is on the disk too. Some file systems
  // cannot sync a folder; the rename is whole there all the same.
  char *slash = strrchr(partial, '/');
  if (slash)
    slash[slash == partial] = 0;
  int folder = ::open(slash ? partial : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    int failed = fsync(folder) ? errno : 0;
    close(folder);
    if (failed && failed != EINVAL && failed != EROFS)
      return failWrite(failed, error);
  }
  return DLC_OK;
}
