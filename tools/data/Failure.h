// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// How the tools that face a user fail: one exception per exit code.
#ifndef DLC_TOOLS_DATA_FAILURE_H
#define DLC_TOOLS_DATA_FAILURE_H
#include <stdexcept>
#include <string>

namespace dlc {

/// The request was understood and could not be done: exit 1. The message is one
/// lower-case line naming the thing at fault, what was expected and what was
/// given.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The command line itself is wrong: exit 2.
struct Usage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

} // namespace dlc
#endif
