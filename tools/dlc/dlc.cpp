// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The compiler's command line. Exit codes: 0 done, 1 refused or failed, 2
// usage.
#include "CommandLine.h"
#include "Commands.h"
#include "Help.h"
#include "Net.h"
#include "compiler/Compile.h"
#include "compiler/Nearest.h"
#include "data/Archive.h"
#include "mlir/Debug/CLOptionsSetup.h"
#include "mlir/Debug/Counter.h"
#include "mlir/IR/AsmState.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"
#include "mlir/Transforms/Passes.h"
#include "passes/Passes.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <csignal>
#include <cstring>
#include <unistd.h>

using namespace dlc;
using llvm::StringRef;

static int complain(const std::string &message, int code) {
  llvm::errs() << "dlc: error: " << message << "\n";
  return code;
}

/// `dlc run ...` is the small program beside this one, which has no LLVM in it.
static int runSibling(char **argv) {
  std::string self = llvm::sys::fs::getMainExecutable(argv[0], reinterpret_cast<void *>(&runSibling));
  llvm::SmallString<128> path(self);
  llvm::sys::path::remove_filename(path);
  llvm::sys::path::append(path, "dlc-run");
  execv(path.c_str(), argv);
  return complain("cannot run " + path.str().str() + ": " + strerror(errno), 1);
}

/// Reads the file of an option, where one is given; false after a message.
static bool readTensors(StringRef option, const std::string &path, std::vector<NamedTensor> &tensors) {
  NamedArrays arrays;
  std::string error;
  if (!path.empty() && !readArchive(path, arrays, error)) {
    complain((option + ": " + error).str(), 1);
    return false;
  }
  for (auto &[name, array] : arrays)
    tensors.push_back({name, array.type, std::move(array.shape), std::move(array.bytes)});
  return true;
}

/// Words that look like a misspelt subcommand: neither an option nor a file.
static std::string suggestCommand(StringRef word) {
  if (word.starts_with("-") || word.find_first_of("./") != StringRef::npos || llvm::sys::fs::exists(word))
    return "";
  std::string hint =
      suggestNearest(word, {"run", "train", "info", "bench", "test", "report", "export", "compare", "help"});
  return StringRef(hint).starts_with("; did you mean") ? hint : "";
}

int main(int argc, char **argv) {
  std::signal(SIGXFSZ, SIG_IGN); // a file at its limit is an error of writing, in words
  StringRef command = argc > 1 ? argv[1] : "";
  if (llvm::is_contained({"run", "train", "info", "bench", "test", "report"}, command))
    return runSibling(argv);
  if (command == "export")
    return runExport(llvm::ArrayRef(argv + 2, argc - 2));
  if (command == "compare")
    return runCompare(llvm::ArrayRef(argv + 2, argc - 2));
  if (command == "--help" || command == "-h" || (command == "help" && argc == 2)) {
    llvm::outs() << helpText();
    return 0;
  }
  if (command == "help") {
    std::string text = topicText(argv[2]);
    if (text.empty())
      return complain("no help on '" + std::string(argv[2]) + "'" + suggestNearest(argv[2], topics()), 2);
    llvm::outs() << text;
    return 0;
  }
  if (command == "--version") {
    llvm::outs() << versionText() << "\n";
    return 0;
  }

  if (std::string hint = suggestCommand(command); !hint.empty())
    return complain("unknown command '" + command.str() + "'" + hint, 2);

  Options options;
  std::string error;
  if (!parseCommandLine(llvm::ArrayRef(argv + 1, argc - 1), options, error))
    return complain(error, 2);

  if (!options.mlirOptions.empty()) {
    registerDlcPasses(); // whose names --mlir-print-ir-after takes
    mlir::registerTransformsPasses();
    mlir::registerAsmPrinterCLOptions();
    mlir::registerDefaultTimingManagerCLOptions();
    mlir::registerPassManagerCLOptions();
    mlir::tracing::DebugConfig::registerCLOptions();
    mlir::tracing::DebugCounter::registerCLOptions();
    std::vector<const char *> words = {"dlc"};
    for (const std::string &word : options.mlirOptions)
      words.push_back(word.c_str());
    if (!llvm::cl::ParseCommandLineOptions(words.size(), words.data(), "", &llvm::errs()))
      return 2;
  }

  if (!readTensors("--self-test", options.selfTestFile, options.selfTestInputs) ||
      !readTensors("--checkpoint", options.checkpoint.path, options.checkpoint.tensors))
    return 1;

  std::string input = options.input;
  return runInNet(input, [&] { return compile(std::move(options)); });
}
