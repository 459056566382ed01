// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/codegen/Ptx.h"
#include "compiler/codegen/Codegen.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Target/LLVMIR/Dialect/NVVM/NVVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "passes/Elements/Target.h"

using namespace mlir;

namespace dlc {

/// The variant's device code as a module that LLVM's translation takes.
static FailureOr<OwningOpRef<ModuleOp>> deviceCode(dl::VariantOp variant) {
  OwningOpRef<ModuleOp> result = ModuleOp::create(variant.getLoc());
  for (auto device : variant.getOps<gpu::GPUModuleOp>())
    for (Operation &op : *device.getBody()) {
      if (!isa<LLVM::LLVMDialect>(op.getDialect()))
        return op.emitOpError("is left in variant @") << variant.getSymName() << " at stage llvm";
      result->push_back(op.clone());
    }
  return result;
}

FailureOr<std::string> makePtx(ModuleOp module) {
  SmallVector<dl::VariantOp> variants;
  for (auto variant : module.getOps<dl::VariantOp>())
    if (isGpu(variant.getTarget()))
      variants.push_back(variant);
  if (variants.size() != 1)
    return module.emitError("a .ptx holds the code of one variant for a GPU, "
                            "this module has ")
           << variants.size();
  dl::TargetAttr target = variants.front().getTarget();
  FailureOr<OwningOpRef<ModuleOp>> code = deviceCode(variants.front());
  if (failed(code))
    return failure();
  registerTranslations(*module.getContext());
  DialectRegistry registry;
  registerNVVMDialectTranslation(registry);
  module.getContext()->appendDialectRegistry(registry);

  std::string error;
  auto machine = createMachine(target.getArch(), error, target.getCpu(), target.getFeatures());
  if (!machine)
    return module.emitError(error);
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> llvmModule = translateModuleToLLVMIR(**code, context, variants.front().getSymName());
  if (!llvmModule)
    return failure();
  setMachine(*llvmModule, *machine);
  optimise(*llvmModule, *machine);
  llvm::SmallVector<char, 0> text = emitAssembly(*llvmModule, *machine);
  return std::string(text.begin(), text.end());
}

} // namespace dlc
