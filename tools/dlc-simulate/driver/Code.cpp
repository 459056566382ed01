// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-simulate/driver/Code.h"
#include "compiler/Pipeline.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Parser/Parser.h"
#include "passes/Elements/Target.h"
#include "tools/dlc-simulate/Intrinsics.h"
#include "tools/dlc-simulate/Threads.h"
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

std::unique_ptr<LoadedCode> LoadedCode::load(StringRef ptx, const std::string &path, std::string &error) {
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
  std::set<std::string> entries = entriesOf(ptx);
  for (auto function : device.getOps<LLVM::LLVMFuncOp>()) {
    if (function.isExternal())
      continue;
    std::string name = function.getSymName().str();
    if (!entries.erase(name))
      error = "the PTX has no kernel " + name + " of '" + path + "'";
    LoadedKernel &kernel = result->kernels[name];
    kernel.name = name;
    kernel.entry = result->code->find(name);
    kernel.code = result->code.get();
    auto threads = function->getAttrOfType<DenseI32ArrayAttr>(NVVM::NVVMDialect::getReqntidAttrName());
    kernel.threads = threads ? threads[0] : 0;
    for (Type type : function.getArgumentTypes())
      kernel.isPointer.push_back(isa<LLVM::LLVMPointerType>(type));
  }
  if (!entries.empty())
    error = "the PTX has kernel " + *entries.begin() + ", '" + path + "' has not";
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
