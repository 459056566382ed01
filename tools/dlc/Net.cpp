// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Net.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <atomic>
#include <csignal>
#include <unistd.h>

using llvm::StringRef;

namespace dlc {

static constexpr StringRef advice = "; this is a defect of dlc, please report it\n";

/// What LLVM said before it gave up; the first thread's words.
static std::atomic<bool> gaveUp;
static llvm::SmallString<256> reason;

/// LLVM's fatal errors print and abort; here they are crashes with a reason.
static void onFatalError(void *, const char *text, bool) {
  if (!gaveUp.exchange(true))
    reason = StringRef(text).split('\n').first;
  LLVM_BUILTIN_TRAP;
}

/// Threads of MLIR's pool have no context of LLVM's to return to. A handler may
/// do little, so the line is ready beforehand, but for what LLVM said.
static std::string crashed;
static void onSignal(int) {
  auto say = [](StringRef words) { (void)!write(STDERR_FILENO, words.data(), words.size()); };
  say(crashed);
  if (gaveUp) {
    say(": ");
    say(reason);
  }
  say(advice);
  _exit(1);
}

/// Copies the input of a compilation that crashed to where the user finds it.
static std::string keepInput(const std::string &input) {
  int descriptor;
  llvm::SmallString<128> path;
  if (input == "-" || llvm::sys::fs::createTemporaryFile("dlc-crash", "mlir", descriptor, path))
    return "";
  bool failed = bool(llvm::sys::fs::copy_file(input, descriptor));
  close(descriptor);
  return failed ? "" : path.str().str();
}

int runInNet(const std::string &input, llvm::function_ref<int()> work) {
  crashed = "dlc: error: dlc crashed while compiling " + input;
  // First: LLVM's handlers hand on what happens outside of its contexts.
  struct sigaction action = {};
  action.sa_handler = onSignal;
  action.sa_flags = SA_RESETHAND;
  for (int signal : {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP})
    sigaction(signal, &action, nullptr);
  llvm::install_fatal_error_handler(onFatalError);
  llvm::CrashRecoveryContext::Enable();
  llvm::CrashRecoveryContext net;
  constexpr unsigned stackBytes = 512u << 20;
  int code = 1;
  if (net.RunSafelyOnThread([&] { code = work(); }, stackBytes))
    return code;
  std::string kept = keepInput(input);
  llvm::errs() << crashed << (gaveUp ? ": " : "") << (gaveUp ? reason.str() : StringRef())
               << (kept.empty() ? "" : "; a copy is in ") << kept << advice;
  return 1;
}

} // namespace dlc
