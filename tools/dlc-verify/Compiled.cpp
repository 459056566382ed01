// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-verify/Compiled.h"
#include "compiler/Object.h"
#include "compiler/Pipeline.h"
#include "compiler/Targets.h"
#include "llvm/Support/FileSystem.h"
#include <cstring>
#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace mlir;

namespace dlc {

/// Writes the library to a file of no name that stays, and opens it.
static FailureOr<const dlc_model *> open(ModuleOp module, StringRef bytes) {
  int file = memfd_create("model", MFD_CLOEXEC);
  if (file < 0)
    return module.emitError("cannot make a file in memory: ") << strerror(errno);
  llvm::raw_fd_ostream stream(file, /*shouldClose=*/false);
  stream << bytes;
  stream.flush();
  void *library = dlopen(("/proc/self/fd/" + std::to_string(file)).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library)
    return module.emitError("cannot open the compiled library: ") << dlerror();
  auto accessor = reinterpret_cast<dlc_model_accessor>(dlsym(library, DLC_MODEL_ACCESSOR));
  if (!accessor)
    return module.emitError("the compiled library exports no model");
  dlc_error error = DLC_ERROR_INIT;
  if (dlc_model_check(accessor(), 0, &error))
    return module.emitError("the runtime refuses the compiled model: ") << error.message;
  return accessor();
}

FailureOr<Compiled> Compiled::of(ModuleOp module, ArrayRef<std::string> cpus) {
  std::string error;
  FailureOr<DictionaryAttr> targets = targetsFor(module.getContext(), cpus, error);
  if (failed(targets))
    return module.emitError(error);
  return ofStage(module, Stage::Source, *targets);
}

FailureOr<Compiled> Compiled::ofStage(ModuleOp original, Stage from, DictionaryAttr targets) {
  OwningOpRef<ModuleOp> module = original.clone();
  Options options;
  options.name = "model";
  options.from = from;
  options.kind = OutputKind::SharedLibrary;
  options.ptxas = "none"; // made to be run once
  (*module)->setAttr("dl.targets", targets);
  if (failed(runPipeline(*module, options, Stage::Llvm, [](Stage) { return success(); })))
    return failure();
  FailureOr<Interface> interface = Interface::of(*module);
  FailureOr<Product> product = makeObject(*module, options, {"dlc-verify", "", ""});
  if (failed(interface) || failed(product))
    return failure();
  FailureOr<const dlc_model *> model = open(*module, product->bytes);
  if (failed(model))
    return failure();
  return Compiled{*model, original.getContext(), std::move(*interface)};
}

Buffer::Buffer(size_t bytes, bool aligned) {
  size_t page = sysconf(_SC_PAGESIZE), room = (bytes + page - 1) / page * page;
  total = room + page;
  base = mmap(nullptr, total, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED)
    llvm::report_fatal_error("no memory for a tensor");
  char *end = static_cast<char *>(base) + room;
  mprotect(end, page, PROT_NONE);
  data = aligned ? base : end - bytes;
  memset(base, 0xA5, room); // nobody may count on zeros
}

Buffer::~Buffer() {
  if (base)
    munmap(base, total);
}

} // namespace dlc
