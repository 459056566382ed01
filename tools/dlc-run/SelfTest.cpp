// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// dlc test: inputs and outputs that --self-test embedded, run on this machine.
#include "data/Failure.h"
#include "data/Text.h"
#include "dlc-run/Commands.h"
#include "dlc-run/Library.h"

namespace dlc {

/// The description has no place for self-test data in ABI 1, so every library
/// is one without: the user is told, and told what would help.
static int selfTest(const std::string &path) {
  Library library(path);
  throw Failure(printable(path) + ": the library holds no self-test, expected "
                                  "one compiled with --self-test");
}

Command addTest(CLI::App &app) {
  auto path = std::make_shared<std::string>();
  CLI::App *command = app.add_subcommand(
      "test", "run the self-test a library was compiled with");
  option(command, "model", *path, "MODEL.so", "compiled model")->required();
  return {command, [path] { return selfTest(*path); }};
}

} // namespace dlc
