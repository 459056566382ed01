// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/Outputs.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using llvm::StringRef;
namespace fs = llvm::sys::fs;

namespace dlc {

static std::string cannotWrite(StringRef path, std::error_code code) {
  return "cannot write " + path.str() + ": " + StringRef(code.message()).lower();
}

/// Writes and closes; what the system says of either is the result.
static std::error_code writeTo(int descriptor, StringRef bytes, bool shouldClose) {
  llvm::raw_fd_ostream out(descriptor, shouldClose, /*unbuffered=*/true);
  out << bytes;
  if (shouldClose)
    out.close();
  else
    out.flush();
  std::error_code code = out.error();
  out.clear_error(); // or its destructor would end the program
  return code;
}

Outputs::~Outputs() {
  for (const File &file : files)
    if (!file.temporary.empty())
      fs::remove(file.temporary);
}

bool Outputs::add(StringRef path, StringRef bytes, bool executable, std::string &error) {
  fs::file_status status;
  bool exists = path != "-" && !fs::status(path, status);
  if (exists && status.type() == fs::file_type::directory_file) {
    error = "cannot write " + path.str() + ": is a directory";
    return false;
  }
  if (path == "-" || (exists && status.type() != fs::file_type::regular_file)) {
    files.push_back({path.str(), "", bytes.str()});
    return true;
  }
  int descriptor;
  llvm::SmallString<128> temporary;
  if (std::error_code code = fs::createUniqueFile(path + ".%%%%%%%%.partial", descriptor, temporary, fs::OF_None,
                                                  executable ? fs::all_read | fs::all_write | fs::all_exe
                                                             : fs::all_read | fs::all_write)) {
    error = cannotWrite(path, code);
    return false;
  }
  files.push_back({path.str(), temporary.str().str(), ""});
  if (std::error_code code = writeTo(descriptor, bytes, true)) {
    error = cannotWrite(path, code);
    return false;
  }
  return true;
}

bool Outputs::commit(std::string &error) {
  for (const File &file : files) {
    if (!file.temporary.empty())
      continue;
    int descriptor = 1;
    std::error_code code;
    if (file.path != "-")
      code = fs::openFileForWrite(file.path, descriptor, fs::CD_OpenExisting);
    if (!code)
      code = writeTo(descriptor, file.bytes, file.path != "-");
    if (code) {
      error = cannotWrite(file.path == "-" ? "standard output" : file.path, code);
      return false;
    }
  }
  for (File &file : files) {
    if (file.temporary.empty())
      continue;
    if (std::error_code code = fs::rename(file.temporary, file.path)) {
      error = cannotWrite(file.path, code);
      return false;
    }
    file.temporary.clear();
  }
  return true;
}

} // namespace dlc
