// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// How a function of the runtime fails: `return fail(error, DLC_BAD_SHAPE) <<
// "...";`
#ifndef DLC_RUNTIME_ERRORS_H
#define DLC_RUNTIME_ERRORS_H
#include "Text.h"
#include "dlc/runtime.h"

namespace dlc::v1 {

/// A status together with the message being written for it.
class Failure {
public:
  Failure(dlc_error *error, dlc_status status) DLC_NONBLOCKING;
  template <typename T> Failure &operator<<(const T &part) {
    text << part;
    return *this;
  }
  operator dlc_status() const { return status; }

private:
  Text text;
  dlc_status status;
};

inline Failure fail(dlc_error *error, dlc_status status) { return Failure(error, status); }

/// Marks `error` as success and returns DLC_OK.
dlc_status succeed(dlc_error *error) DLC_NONBLOCKING;

/// `DLC_IO` with what the system said: "cannot read 'x': permission denied".
/// `doing` is the verb; `number` an errno value.
dlc_status failSystem(dlc_error *error, const char *doing, const char *path, int number);

/// Keeps the caller's errno: the runtime reports through dlc_error alone.
class KeepErrno {
public:
  KeepErrno();
  ~KeepErrno();
  KeepErrno(const KeepErrno &) = delete;

private:
  int saved;
};

} // namespace dlc::v1
#endif
