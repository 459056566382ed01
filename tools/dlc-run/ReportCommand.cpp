// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// dlc report: draws a history again, without the model.
#include "data/File.h"
#include "data/Write.h"
#include "dlc-run/Commands.h"
#include "dlc-run/Report.h"

namespace dlc {

namespace {
struct Options {
  std::string history, output;
  std::vector<std::string> classes;
};
} // namespace

static int report(const Options &options) {
  constexpr int64_t limit = 256 << 20;
  History history = parseHistory(options.history, readFile(options.history, limit));
  if (!options.classes.empty())
    history.classes = options.classes;
  writeFile(options.output, drawReport(history));
  return 0;
}

Command addReport(CLI::App &app) {
  auto options = std::make_shared<Options>();
  CLI::App *command = app.add_subcommand("report", "draw a training history as SVG");
  option(command, "history", options->history, "HISTORY.json", "written by dlc train --history")->required();
  option(command, "-o,--output", options->output, "FILE.svg", "picture to write, - for standard output")->required();
  option(command, "--classes", options->classes, "NAME,...", "what the classes are called")->delimiter(',');
  return {command, [options] { return report(*options); }};
}

} // namespace dlc
