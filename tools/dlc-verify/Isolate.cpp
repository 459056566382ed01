// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-verify/Isolate.h"
#include "mlir/IR/Diagnostics.h"
#include "tools/dlc-evaluate/Cases.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <csignal>
#include <cstring>
#include <sys/wait.h>
#include <unistd.h>

using namespace mlir;

namespace dlc {

static constexpr unsigned limitSeconds = 120;
enum { Done = 0, Refused = 3 };

/// The child: keeps `functions` alone among the entries, checks, and writes
/// `name TAB calls TAB difference` lines, or the first diagnostic.
[[noreturn]] static void runChild(ModuleOp module, ArrayRef<std::string> functions, const Request &request, int out) {
  for (int number : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT})
    signal(number, SIG_DFL);
  alarm(limitSeconds * functions.size());
  for (auto function : llvm::make_early_inc_range(module.getOps<func::FuncOp>()))
    if (function->hasAttr("dl.entry") && !llvm::is_contained(functions, function.getSymName()))
      function.erase();
  std::string message;
  ScopedDiagnosticHandler first(module.getContext(), [&](Diagnostic &diagnostic) {
    if (message.empty())
      message = diagnostic.str();
    return success();
  });
  FailureOr<std::vector<Outcome>> outcomes = check(module, request);
  llvm::raw_fd_ostream stream(out, /*shouldClose=*/true);
  if (failed(outcomes))
    stream << message;
  else
    for (const Outcome &outcome : *outcomes)
      stream << outcome.function << "\t" << outcome.calls << "\t" << outcome.difference << "\n";
  stream.close();
  _exit(failed(outcomes) ? Refused : Done);
}

static std::string readAll(int file) {
  std::string text;
  char piece[4096];
  for (ssize_t got; (got = read(file, piece, sizeof piece)) > 0;)
    text.append(piece, got);
  close(file);
  return text;
}

static std::vector<Outcome> parse(StringRef text) {
  std::vector<Outcome> outcomes;
  SmallVector<StringRef> lines;
  text.split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (StringRef line : lines) {
    auto [name, rest] = line.split('\t');
    auto [calls, difference] = rest.split('\t');
    Outcome outcome{name.str(), difference.str(), 0};
    calls.getAsInteger(10, outcome.calls);
    outcomes.push_back(outcome);
  }
  return outcomes;
}

/// A case that expects an error may have it from the compiler.
static bool mayBeRefused(ModuleOp module, StringRef name) {
  auto function = module.lookupSymbol<func::FuncOp>(name);
  return isCase(function) && !function->hasAttr("dl.expect");
}

std::vector<Outcome> checkIsolated(ModuleOp module, ArrayRef<std::string> functions, const Request &request) {
  constexpr size_t most = 64; // a library of thousands takes long to halve down to one culprit
  if (functions.size() > most) {
    std::vector<Outcome> outcomes = checkIsolated(module, functions.take_front(most), request);
    llvm::append_range(outcomes, checkIsolated(module, functions.drop_front(most), request));
    return outcomes;
  }
  int ends[2];
  if (functions.empty() || pipe(ends))
    return {};
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    runChild(module, functions, request, ends[1]);
  }
  close(ends[1]);
  std::string text = readAll(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == Done)
    return parse(text);
  if (functions.size() > 1) {
    size_t half = functions.size() / 2;
    std::vector<Outcome> outcomes = checkIsolated(module, functions.take_front(half), request);
    llvm::append_range(outcomes, checkIsolated(module, functions.drop_front(half), request));
    return outcomes;
  }
  if (WIFSIGNALED(status))
    return {{functions[0],
             WTERMSIG(status) == SIGALRM ? "takes more than " + std::to_string(limitSeconds) + " seconds"
                                         : std::string("crashes: ") + strsignal(WTERMSIG(status)),
             0}};
  if (mayBeRefused(module, functions[0]))
    return {{functions[0], "", 1}};
  return {{functions[0], "does not compile: " + text, 0}};
}

} // namespace dlc
