// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/Workshop.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using llvm::StringRef;

namespace dlc {

Workshop::Workshop() {
  code = llvm::sys::fs::createUniqueDirectory("dlc", folder);
  isMade = !code;
}
Workshop::~Workshop() {
  if (isMade) // however full it is: what was written before goes too
    llvm::sys::fs::remove_directories(folder);
}

std::string Workshop::path(StringRef name) const {
  llvm::SmallString<128> path(folder);
  llvm::sys::path::append(path, name);
  return path.str().str();
}

bool Workshop::put(StringRef name, llvm::function_ref<void(llvm::raw_ostream &)> write, std::string &error) {
  if (!code) {
    llvm::raw_fd_ostream out(path(name), code);
    if (!code)
      write(out);
    out.close();
    if (!code)
      code = out.error();
    out.clear_error();
  }
  if (code)
    error = "cannot write temporary file " + path(name) + ": " + StringRef(code.message()).lower();
  return !code;
}
bool Workshop::put(StringRef name, StringRef bytes, std::string &error) {
  return put(name, [&](llvm::raw_ostream &out) { out << bytes; }, error);
}

bool Workshop::take(StringRef name, std::string &bytes, std::string &error) const {
  auto buffer = llvm::MemoryBuffer::getFile(path(name), /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (buffer)
    bytes = (*buffer)->getBuffer().str();
  else
    error = "cannot read " + path(name) + ": " + StringRef(buffer.getError().message()).lower();
  return static_cast<bool>(buffer);
}

} // namespace dlc
