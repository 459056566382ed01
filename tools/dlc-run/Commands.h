// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
/// The subcommands. Each adds itself to the command line, keeps its own
/// options, and runs after parsing; failures are thrown as Failure (exit 1) or
/// Usage (exit 2).
#ifndef DLC_TOOLS_RUN_COMMANDS_H
#define DLC_TOOLS_RUN_COMMANDS_H
#include "data/Text.h"
#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <charconv>
#include <functional>

namespace dlc {

struct Command {
  CLI::App *app;
  std::function<int()> run; ///< returns the exit code
};

/// Adds an option whose help reads "--flag KIND  text". One value at a time,
/// also for lists, which are given by repeating: what follows may be the
/// model's file.
template <typename T>
CLI::Option *option(CLI::App *command, const std::string &flag, T &value, const std::string &kind,
                    const std::string &text) {
  return command->add_option(flag, value, text)->type_name(kind)->allow_extra_args(false);
}
/// A whole number in a range.
template <typename T>
CLI::Option *number(CLI::App *command, const std::string &flag, T &value, int64_t low, int64_t high,
                    const std::string &text) {
  auto check = [low, high](const std::string &given) {
    int64_t number = 0;
    auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), number);
    bool whole = error == std::errc() && end == given.data() + given.size() && number >= low && number <= high;
    return whole ? ""
                 : format("expected a whole number in %lld..%lld, given '%s'", (long long)low, (long long)high,
                          printable(given).c_str());
  };
  return option(command, flag, value, "N", text)->check(CLI::Validator(check, ""));
}

Command addRun(CLI::App &app);
Command addTrain(CLI::App &app);
Command addInfo(CLI::App &app);
Command addBench(CLI::App &app);
Command addTest(CLI::App &app);
Command addReport(CLI::App &app);

} // namespace dlc
#endif
