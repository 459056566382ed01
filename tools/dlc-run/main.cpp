// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// dlc-run: what `dlc run|train|info|bench|test|report` is. No LLVM inside; it
// uses compiled models through dlc/runtime.h alone.
#include "data/Failure.h"
#include "data/Text.h"
#include "dlc-run/Commands.h"
#include <csignal>
#include <cstdio>
#include <new>

using namespace dlc;

namespace {
/// Help that fits one screen: "--epochs N=1", without CLI11's notes on
/// multiplicity.
struct Help : CLI::Formatter {
  Help() { column_width(32); }
  std::string make_option_opts(const CLI::Option *option) const override {
    std::string kind = option->get_type_name(), value = option->get_default_str();
    return (kind.empty() ? "" : " " + kind) + (value.empty() ? "" : "=" + value);
  }
};
} // namespace

static int complain(const std::string &message, int code) {
  std::fflush(stdout); // what was found out comes before what went wrong
  std::fprintf(stderr, "dlc: error: %s\n", message.c_str());
  return code;
}

/// The nearest option of the subcommand in use, or the nearest subcommand.
static std::string hint(const CLI::App &app, const std::string &word) {
  std::vector<std::string> names;
  const CLI::App *scope = &app;
  if (!app.get_subcommands().empty())
    scope = app.get_subcommands().front();
  for (const CLI::Option *option : scope->get_options())
    for (const std::string &name : option->get_lnames())
      names.push_back("--" + name);
  if (scope == &app)
    for (const CLI::App *command : app.get_subcommands(nullptr))
      names.push_back(command->get_name());
  return suggestion(word.substr(0, word.find('=')), names);
}

/// What was not understood on the command line, or "": an option before
/// anything else.
static std::string unknownWord(const CLI::App &app) {
  std::vector<std::string> words = app.remaining(true);
  for (const std::string &word : words)
    if (word.starts_with("-"))
      return word;
  return words.empty() ? "" : words.front();
}

/// CLI11's words in the house's form: lower case, one line, no final period.
static int usage(const CLI::App &app, const CLI::ParseError &error) {
  auto chosen = app.get_subcommands();
  std::string scope = chosen.empty() ? "" : chosen.front()->get_name() + ": ";
  // A misspelt name is the cause where CLI11 sees first that something is
  // missing.
  std::string word = unknownWord(app);
  bool unknown = dynamic_cast<const CLI::ExtrasError *>(&error) || dynamic_cast<const CLI::RequiredError *>(&error);
  if (!word.empty() && unknown) {
    const char *kind = word.starts_with("-") ? "unknown option"
                       : chosen.empty()      ? "unknown command"
                                             : "unexpected argument";
    return complain(scope + kind + " '" + printable(word) + "'" + hint(app, word), 2);
  }
  std::string message = error.what();
  if (message.starts_with("A subcommand is required"))
    message = "expected a command: run, train, info, bench, test or report";
  if (!message.empty() && message[0] >= 'A' && message[0] <= 'Z')
    message[0] += 'a' - 'A';
  return complain(scope + printable(message.substr(0, message.find('\n'))), 2);
}

int main(int argc, char **argv) {
  std::signal(SIGXFSZ, SIG_IGN); // a file at its limit is an error of writing, in words
  CLI::App app("Runs, trains and measures compiled models.", "dlc");
  app.formatter(std::make_shared<Help>());
  app.require_subcommand(1);
  app.set_version_flag("--version", "dlc-run " DLC_TOOL_VERSION);
  const Command commands[] = {addRun(app), addTrain(app), addInfo(app), addBench(app), addTest(app), addReport(app)};
  try {
    app.parse(argc, argv);
    for (const Command &command : commands)
      if (command.app->parsed()) {
        int code = command.run();
        // A full disk shows only when the last bytes leave.
        if (std::fflush(stdout) || std::ferror(stdout))
          return complain("cannot write the results to standard output", 1);
        return code;
      }
    return 2;
  } catch (const CLI::Success &success) {
    return app.exit(success);
  } catch (const CLI::ParseError &error) {
    return usage(app, error);
  } catch (const Usage &error) {
    return complain(error.what(), 2);
  } catch (const Failure &error) {
    return complain(error.what(), 1);
  } catch (const std::bad_alloc &) {
    return complain("out of memory", 1);
  } catch (const std::exception &error) {
    return complain(printable(error.what()), 1);
  }
}
