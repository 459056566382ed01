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

bool linkShared(llvm::ArrayRef<std::string> objects, StringRef arch, StringRef model, Workshop &workshop,
                StringRef output, std::string &error) {
  StringRef runtime = "libdlc_runtime.a", libc = "libc.so.6", exports = "exports.map";
  std::string script = "{ global: " + model.str() + "_*; " DLC_MODEL_ACCESSOR "; local: *; };\n";
  if (!workshop.put(runtime, embeddedRuntime(arch), error) || !workshop.put(libc, embeddedLibc(arch), error) ||
      !workshop.put(exports, script, error))
    return false;
  std::vector<std::string> arguments = {"-shared", "-o", output.str(), "--version-script=" + workshop.path(exports),
                                        // The accessor by its fixed name, which only shared libraries have.
                                        "--defsym=" DLC_MODEL_ACCESSOR "=" + model.str() + "_model", "--gc-sections",
                                        "--exclude-libs=ALL", "--build-id=none", "--hash-style=gnu", "-z", "defs", "-z",
                                        "relro", "-z", "now", "-z", "noexecstack", "--no-undefined-version"};
  arguments.insert(arguments.end(), objects.begin(), objects.end());
  arguments.push_back(workshop.path(runtime));
  arguments.push_back(workshop.path(libc));
  return run(arguments, error);
}

bool linkRelocatable(llvm::ArrayRef<std::string> objects, StringRef output, std::string &error) {
  std::vector<std::string> arguments = {"-r", "-o", output.str()};
  arguments.insert(arguments.end(), objects.begin(), objects.end());
  return run(arguments, error);
}

} // namespace dlc
