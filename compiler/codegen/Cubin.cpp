// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/codegen/Cubin.h"
#include "compiler/Targets.h"
#include "compiler/Workshop.h"
#include "mlir/IR/Threading.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"

using namespace mlir;

namespace dlc {

static std::optional<std::string> findProgram(StringRef name, ArrayRef<StringRef> folders = {}) {
  llvm::ErrorOr<std::string> program = llvm::sys::findProgramByName(name, folders);
  return program && llvm::sys::fs::can_execute(*program) ? std::optional(*program) : std::nullopt;
}

/// Where the CUDA toolkit's installers put the assembler, and its users say they did.
static std::optional<std::string> findAssembler() {
  constexpr const char *name = "ptxas";
  if (auto program = findProgram(name))
    return program;
  SmallString<128> folder(llvm::sys::Process::GetEnv("CUDA_HOME").value_or("/usr/local/cuda"));
  llvm::sys::path::append(folder, "bin");
  return findProgram(name, {folder.str()});
}

/// The bytes of a cubin for `gpu`; none, with `error` set.
static std::optional<std::string> assemble(StringRef ptx, StringRef gpu, StringRef program, std::string &error) {
  Workshop workshop;
  if (!workshop.put("kernels.ptx", ptx, error))
    return std::nullopt;
  std::string text = workshop.path("kernels.ptx"), cubin = workshop.path("kernels.cubin"), said = workshop.path("said");
  std::string arch = ("-arch=" + gpu).str(), why;
  std::optional<StringRef> redirects[] = {StringRef(), StringRef(said), StringRef(said)};
  int status = llvm::sys::ExecuteAndWait(program, {program, arch, text, "-o", cubin}, std::nullopt, redirects,
                                         /*SecondsToWait=*/0, /*MemoryLimit=*/0, &why);
  if (status < 0) {
    error = ("cannot run '" + program + "': " + why).str();
    return std::nullopt;
  }
  std::string bytes, words, unread;
  if (!status && workshop.take("kernels.cubin", bytes, unread) && !bytes.empty())
    return bytes;
  workshop.take("said", words, unread);
  error = ("'" + program + "' takes no code for " + gpu + ", exit code " + Twine(status) + ": " +
           StringRef(words).split('\n').first.trim())
              .str();
  return std::nullopt;
}

LogicalResult addMachineCode(ModuleOp module, DeviceCode &code, StringRef gpu, StringRef ptxas) {
  if (ptxas == "none")
    return success();
  bool asked = !ptxas.empty();
  std::optional<std::string> program = asked ? findProgram(ptxas) : findAssembler();
  Location nowhere = UnknownLoc::get(module.getContext()); // all of this is of no place in the model
  if (!program)
    return asked ? emitError(nowhere) << "--ptxas: there is no program '" << ptxas << "'" : success();

  if (auto names = module->getAttrOfType<ArrayAttr>(machineCodeAttribute))
    for (auto name : names.getAsRange<StringAttr>())
      code.images.push_back({name.str(), ""});
  else
    code.images.push_back({gpu.str(), ""});
  SmallVector<std::string> errors(code.images.size());
  parallelFor(module.getContext(), 0, code.images.size(), [&](size_t i) {
    if (auto cubin = assemble(code.text, code.images[i].gpu, *program, errors[i]))
      code.images[i].cubin = std::move(*cubin);
  });
  for (const std::string &error : errors)
    if (!error.empty() && asked)
      return emitError(nowhere) << "--ptxas: " << error;
    else if (!error.empty())
      emitWarning(nowhere) << "the library has PTX alone where machine code was to be: " << error;
  llvm::erase_if(code.images, [](const DeviceCode::Image &image) { return image.cubin.empty(); });
  return success();
}

} // namespace dlc
