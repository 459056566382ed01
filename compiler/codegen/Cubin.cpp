// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/codegen/Cubin.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

namespace dlc {

/// A file's bytes; empty where it cannot be read.
static std::string contents(llvm::StringRef path) {
  auto buffer = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  return buffer ? (*buffer)->getBuffer().str() : "";
}

std::optional<std::string> assembleCubin(llvm::StringRef ptx, llvm::StringRef gpu, llvm::StringRef ptxas,
                                         std::string &error) {
  auto fail = [&](const llvm::Twine &text) {
    error = text.str();
    return std::nullopt;
  };
  llvm::ErrorOr<std::string> program = llvm::sys::findProgramByName(ptxas);
  if (!program || !llvm::sys::fs::can_execute(*program))
    return fail("--ptxas: there is no program '" + ptxas + "'");
  llvm::SmallString<128> folder;
  if (std::error_code code = llvm::sys::fs::createUniqueDirectory("dlc", folder))
    return fail("cannot make a temporary folder: " + llvm::StringRef(code.message()).lower());
  auto clear = llvm::make_scope_exit([&] { llvm::sys::fs::remove_directories(folder); });
  auto at = [&](llvm::StringRef name) {
    llvm::SmallString<128> path(folder);
    llvm::sys::path::append(path, name);
    return path.str().str();
  };
  std::string text = at("kernels.ptx"), cubin = at("kernels.cubin"), said = at("said");
  std::error_code code;
  {
    llvm::raw_fd_ostream out(text, code);
    if (!code)
      out << ptx;
    out.close();
    if (!code)
      code = out.error();
    out.clear_error();
  }
  if (code)
    return fail("cannot write temporary file " + text + ": " + llvm::StringRef(code.message()).lower());
  std::string arch = ("-arch=" + gpu).str(), why;
  std::optional<llvm::StringRef> redirects[] = {llvm::StringRef(), llvm::StringRef(said), llvm::StringRef(said)};
  int status = llvm::sys::ExecuteAndWait(*program, {*program, arch, text, "-o", cubin}, std::nullopt, redirects,
                                         /*SecondsToWait=*/0, /*MemoryLimit=*/0, &why);
  if (status < 0)
    return fail("--ptxas: cannot run '" + ptxas + "': " + why);
  std::string bytes = contents(cubin);
  if (status || bytes.empty())
    return fail("--ptxas: '" + ptxas + "' takes no code for " + gpu + ", exit code " + llvm::Twine(status) + ": " +
                llvm::StringRef(contents(said)).split('\n').first.trim());
  return bytes;
}

} // namespace dlc
