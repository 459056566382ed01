// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/codegen/Cubin.h"
#include "compiler/Workshop.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"

namespace dlc {

std::optional<std::string> assembleCubin(llvm::StringRef ptx, llvm::StringRef gpu, llvm::StringRef ptxas,
                                         std::string &error) {
  auto fail = [&](const llvm::Twine &text) {
    error = text.str();
    return std::nullopt;
  };
  llvm::ErrorOr<std::string> program = llvm::sys::findProgramByName(ptxas);
  if (!program || !llvm::sys::fs::can_execute(*program))
    return fail("--ptxas: there is no program '" + ptxas + "'");
  Workshop workshop;
  if (!workshop.put("kernels.ptx", ptx, error))
    return std::nullopt;
  std::string text = workshop.path("kernels.ptx"), cubin = workshop.path("kernels.cubin"), said = workshop.path("said");
  std::string arch = ("-arch=" + gpu).str(), why;
  std::optional<llvm::StringRef> redirects[] = {llvm::StringRef(), llvm::StringRef(said), llvm::StringRef(said)};
  int status = llvm::sys::ExecuteAndWait(*program, {*program, arch, text, "-o", cubin}, std::nullopt, redirects,
                                         /*SecondsToWait=*/0, /*MemoryLimit=*/0, &why);
  if (status < 0)
    return fail("--ptxas: cannot run '" + ptxas + "': " + why);
  std::string bytes, words, unread;
  if (status || !workshop.take("kernels.cubin", bytes, unread) || bytes.empty()) {
    workshop.take("said", words, unread);
    return fail("--ptxas: '" + ptxas + "' takes no code for " + gpu + ", exit code " + llvm::Twine(status) + ": " +
                llvm::StringRef(words).split('\n').first.trim());
  }
  return bytes;
}

} // namespace dlc
