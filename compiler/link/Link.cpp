// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/link/Link.h"
#include "compiler/link/Embedded.h"
#include "dlc/runtime.h"
#include "lld/Common/CommonLinkerContext.h"
#include "lld/Common/Driver.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

LLD_HAS_DRIVER(elf)

using llvm::StringRef;

namespace dlc {

static bool run(llvm::ArrayRef<std::string> arguments, std::string &error) {
  std::string messages;
  llvm::raw_string_ostream stream(messages);
  std::vector<const char *> argv = {"ld.lld"};
  for (const std::string &argument : arguments)
    argv.push_back(argument.c_str());
  lld::Result result = lld::lldMain(argv, stream, stream, {{lld::Gnu, &lld::elf::link}});
  if (result.retCode == 0)
    return true;
  error = "the linker failed";
  if (!messages.empty())
    error += ": " + StringRef(messages).rtrim().str();
  return false;
}

static bool writeFile(const std::string &path, StringRef bytes, std::string &error) {
  std::error_code code;
  llvm::raw_fd_ostream out(path, code);
  if (!code)
    out << bytes;
  out.close();
  if (!code)
    code = out.error();
  out.clear_error();
  if (code)
    error = "cannot write temporary file " + path + ": " + StringRef(code.message()).lower();
  return !code;
}

bool linkShared(llvm::ArrayRef<std::string> objects, StringRef arch, StringRef model, StringRef folder,
                StringRef output, std::string &error) {
  std::string runtime = (folder + "/libdlc_runtime.a").str();
  std::string libc = (folder + "/libc.so.6").str();
  std::string exports = (folder + "/exports.map").str();
  std::string script = "{ global: " + model.str() + "_*; " DLC_MODEL_ACCESSOR "; local: *; };\n";
  if (!writeFile(runtime, embeddedRuntime(arch), error) || !writeFile(libc, embeddedLibc(arch), error) ||
      !writeFile(exports, script, error))
    return false;
  std::vector<std::string> arguments = {"-shared", "-o", output.str(), "--version-script=" + exports,
                                        // The accessor by its fixed name, which only shared libraries have.
                                        "--defsym=" DLC_MODEL_ACCESSOR "=" + model.str() + "_model", "--gc-sections",
                                        "--exclude-libs=ALL", "--build-id=none", "--hash-style=gnu", "-z", "defs", "-z",
                                        "relro", "-z", "now", "-z", "noexecstack", "--no-undefined-version"};
  arguments.insert(arguments.end(), objects.begin(), objects.end());
  arguments.push_back(runtime);
  arguments.push_back(libc);
  return run(arguments, error);
}

bool linkRelocatable(llvm::ArrayRef<std::string> objects, StringRef output, std::string &error) {
  std::vector<std::string> arguments = {"-r", "-o", output.str()};
  arguments.insert(arguments.end(), objects.begin(), objects.end());
  return run(arguments, error);
}

} // namespace dlc
