// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-simulate/driver/Code.h"
#include "compiler/Pipeline.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Parser/Parser.h"
#include "passes/Elements/Target.h"
#include "tools/dlc-simulate/Intrinsics.h"
#include "tools/dlc-simulate/Threads.h"
#include <elf.h>
#include <set>

using namespace mlir;

namespace dlc::simulate {

/// Names of the kernels that PTX has.
static std::set<std::string> entriesOf(StringRef ptx) {
  std::set<std::string> names;
  SmallVector<StringRef> lines;
  ptx.split(lines, '\n');
  for (StringRef line : lines)
    if (line = line.trim(); line.consume_front(".visible .entry "))
      names.insert(line.take_until([](char c) { return c == '('; }).str());
  return names;
}

/// The same of a cubin, an ELF file with a section for each.
static std::set<std::string> entriesOf(const Elf64_Ehdr &cubin) {
  auto base = reinterpret_cast<const char *>(&cubin);
  auto sections = reinterpret_cast<const Elf64_Shdr *>(base + cubin.e_shoff);
  const char *texts = base + sections[cubin.e_shstrndx].sh_offset;
  std::set<std::string> names;
  for (int i = 0; i < cubin.e_shnum; ++i)
    if (StringRef name = texts + sections[i].sh_name; name.consume_front(".text."))
      names.insert(name.str());
  return names;
}

static const Elf64_Ehdr *asCubin(const char *image) {
  return std::memcmp(image, ELFMAG, SELFMAG) ? nullptr : reinterpret_cast<const Elf64_Ehdr *>(image);
}

int capabilityOf(const char *image) {
  const Elf64_Ehdr *cubin = asCubin(image);
  constexpr int wider = 8; // since that version of the ABI the second byte has it
  return !cubin ? 0 : cubin->e_ident[EI_ABIVERSION] < wider ? cubin->e_flags & 0xff : cubin->e_flags >> 8 & 0xff;
}

std::unique_ptr<LoadedCode> LoadedCode::load(const char *image, const std::string &path, std::string &error) {
  if (path.empty()) {
    error = "DLC_SIMULATED_CODE names no module at stage llvm";
    return nullptr;
  }
  DialectRegistry registry;
  registerForPipeline(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(path, &context);
  gpu::GPUModuleOp device;
  if (module)
    module->walk([&](gpu::GPUModuleOp op) { device = op; });
  if (!device) {
    error = "'" + path + "' has no device code";
    return nullptr;
  }
  auto result = std::make_unique<LoadedCode>();
  result->code = HostCode::compile(device, error);
  if (!result->code)
    return nullptr;
  const Elf64_Ehdr *cubin = asCubin(image);
  std::set<std::string> entries = cubin ? entriesOf(*cubin) : entriesOf(StringRef(image));
  for (auto function : device.getOps<LLVM::LLVMFuncOp>()) {
    if (function.isExternal())
      continue;
    std::string name = function.getSymName().str();
    if (!entries.erase(name))
      error = "the code has no kernel " + name + " of '" + path + "'";
    LoadedKernel &kernel = result->kernels[name];
    kernel.name = name;
    kernel.entry = result->code->find(name);
    kernel.code = result->code.get();
    auto threads = function->getAttrOfType<DenseI32ArrayAttr>(NVVM::NVVMDialect::getReqntidAttrName());
    kernel.threads = threads ? threads[0] : 0;
    auto shared = function->getAttrOfType<IntegerAttr>(sharedBytesAttribute);
    kernel.shared = shared ? shared.getInt() : 0;
    for (Type type : function.getArgumentTypes())
      kernel.isPointer.push_back(isa<LLVM::LLVMPointerType>(type));
  }
  if (!entries.empty())
    error = "the code has kernel " + *entries.begin() + ", '" + path + "' has not";
  return error.empty() ? std::move(result) : nullptr;
}

LoadedKernel *LoadedCode::find(StringRef name) {
  auto kernel = kernels.find(name);
  return kernel == kernels.end() ? nullptr : &kernel->second;
}

bool runKernel(LoadedKernel &kernel, unsigned blocks, ArrayRef<uint64_t> parameters, std::string &error) {
  SmallVector<void *> addresses;
  for (const uint64_t &parameter : parameters)
    addresses.push_back(const_cast<uint64_t *>(&parameter));
  setCopiesEarly(false);
  for (unsigned block = 0; block < blocks && error.empty(); ++block) {
    kernel.code->fillShared(0xff);
    dropCopies();
    runBlock(block, kernel.threads, [&] { kernel.entry(addresses.data()); }, error);
  }
  return error.empty();
}

} // namespace dlc::simulate
