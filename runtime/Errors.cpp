// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Errors.h"
#include <cerrno>
#include <cstddef>

using namespace dlc::v1;

/// The room for a message: what the caller's struct says it has, so that a
/// longer one of a later header is used and a shorter one respected. A struct
/// without room for any text gets the code alone, and one of no size nothing.
static size_t roomOf(const dlc_error *error) {
  constexpr size_t head = offsetof(dlc_error, message);
  if (!error || error->size <= head)
    return 0;
  return error->size - head;
}

Failure::Failure(dlc_error *error, dlc_status status) DLC_NONBLOCKING
    : text(error ? error->message : nullptr, roomOf(error)),
      status(status) {
  if (error && error->size >= offsetof(dlc_error, message))
    error->code = status;
}

dlc_status dlc::v1::succeed(dlc_error *error) DLC_NONBLOCKING {
  return Failure(error, DLC_OK); // empties the message
}

KeepErrno::KeepErrno() : saved(errno) {}
KeepErrno::~KeepErrno() { errno = saved; }

/// The system's errors that files meet, in words that depend on no locale.
static const char *systemWords(int number) {
  switch (number) {
  case EACCES:
    return "permission denied";
  case EPERM:
    return "operation not permitted";
  case ENOENT:
    return "no such file or folder";
  case ENOTDIR:
    return "a part of the path is not a folder";
  case EISDIR:
    return "it is a folder";
  case ENOSPC:
    return "no space left on device";
  case EDQUOT:
    return "disk quota exceeded";
  case EFBIG:
    return "file too large";
  case EROFS:
    return "read-only file system";
  case EMFILE:
  case ENFILE:
    return "too many open files";
  case ENAMETOOLONG:
    return "the name is too long";
  case ELOOP:
    return "too many symbolic links";
  case ENOMEM:
    return "out of memory";
  case EIO:
    return "input/output error";
  case ETXTBSY:
    return "it is being executed";
  case EBUSY:
    return "device or resource busy";
  default:
    return nullptr;
  }
}

dlc_status dlc::v1::failSystem(dlc_error *error, const char *doing, const char *path, int number) {
  Failure failure = fail(error, DLC_IO);
  failure << "cannot " << doing << ' ' << Quoted{path} << ": ";
  if (const char *words = systemWords(number))
    failure << words;
  else
    failure << "system error " << number;
  return failure;
}

extern "C" const char *dlc_status_name(dlc_status status) DLC_NONBLOCKING {
  switch (status) {
#define NAME(code)                                                                                                     \
  case code:                                                                                                           \
    return #code
    NAME(DLC_OK);
    NAME(DLC_BUSY);
    NAME(DLC_BAD_ARGUMENT);
    NAME(DLC_BAD_SHAPE);
    NAME(DLC_BAD_TYPE);
    NAME(DLC_BAD_VALUE);
    NAME(DLC_BAD_LAYOUT);
    NAME(DLC_BAD_DEVICE);
    NAME(DLC_BAD_FILE);
    NAME(DLC_IO);
    NAME(DLC_NO_MEMORY);
    NAME(DLC_VERSION);
    NAME(DLC_UNSUPPORTED_CPU);
    NAME(DLC_UNSUPPORTED);
    NAME(DLC_NO_WEIGHTS);
    NAME(DLC_NO_DEVICE);
    NAME(DLC_OLD_DRIVER);
    NAME(DLC_DEVICE_FAILED);
#undef NAME
  default:
    return "unknown";
  }
}
