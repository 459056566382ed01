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

static StringRef llvmFeatures(dl::TargetAttr target) { return target.getFeatures().split(',').first; }

bool parseGpu(StringRef gpu, int64_t &capability, bool &exact) {
  exact = gpu.consume_back("a");
  return gpu.consume_front("sm_") && !gpu.getAsInteger(10, capability);
}

/// "sm_90a" and "+ptx80": compute capability 9.0 alone, CUDA 12.0 or later. The
/// PTX ISA's release notes say which CUDA brought which version.
static LogicalResult readTarget(dl::VariantOp variant, DeviceCode &code) {
  dl::TargetAttr target = variant.getTarget();
  StringRef features = llvmFeatures(target);
  int64_t version = 0;
  if (!parseGpu(target.getCpu(), code.capability, code.exact) || !features.consume_front("+ptx") ||
      features.getAsInteger(10, version))
    return variant.emitOpError("has a target that is no GPU with a version of "
                               "PTX: ")
           << target.getCpu() << ", " << target.getFeatures();
  constexpr int64_t older = 4;                         // PTX 7.0 came with CUDA 11.0
  int64_t skipped = version / 10 == 8 && version > 85; // PTX 8.5 with CUDA 12.5, 8.6 with 12.7
  constexpr int64_t graphs = 11040;                    // the first with all that the runtime calls
  code.driver = std::max((version / 10 + older) * 1000 + (version % 10 + skipped) * 10, graphs);
  return success();
}

/// The kernels by number.
static LogicalResult readKernels(ModuleOp module, DeviceCode &code) {
  auto functions = llvm::to_vector(module.getOps<LLVM::LLVMFuncOp>());
  llvm::erase_if(functions, [](auto function) { return function.isExternal(); });
  code.kernels.resize(functions.size());
  for (LLVM::LLVMFuncOp function : functions) {
    auto number = function->getAttrOfType<IntegerAttr>(kernelNumberAttribute);
    auto threads = function->getAttrOfType<DenseI32ArrayAttr>(NVVM::NVVMDialect::getReqntidAttrName());
    if (!number || number.getInt() < 0 || !threads || threads.empty() ||
        number.getInt() >= static_cast<int64_t>(functions.size()))
      return function.emitOpError("has no number among the kernels or no size "
                                  "of a block");
    auto shared = function->getAttrOfType<IntegerAttr>(sharedBytesAttribute);
    code.kernels[number.getInt()] = {function.getSymName().str(), threads[0], function.getNumArguments(),
                                     shared ? shared.getInt() : 0, function->hasAttr(reportsAttribute)};
  }
  return success();
}

FailureOr<DeviceCode> makeDeviceCode(dl::VariantOp variant) {
  DeviceCode result;
  FailureOr<OwningOpRef<ModuleOp>> code = deviceCode(variant);
  if (failed(code) || failed(readTarget(variant, result)) || failed(readKernels(**code, result)))
    return failure();
  registerTranslations(*variant.getContext());
  DialectRegistry registry;
  registerNVVMDialectTranslation(registry);
  variant.getContext()->appendDialectRegistry(registry);

  dl::TargetAttr target = variant.getTarget();
  std::string error;
  auto machine = createMachine(target.getArch(), error, target.getCpu(), llvmFeatures(target));
  if (!machine)
    return variant.emitError(error);
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> llvmModule = translateModuleToLLVMIR(**code, context, variant.getSymName());
  if (!llvmModule)
    return failure();
  setMachine(*llvmModule, *machine);
  optimise(*llvmModule, *machine);
  llvm::SmallVector<char, 0> text = emitAssembly(*llvmModule, *machine);
  result.text.assign(text.begin(), text.end());
  return result;
}

/// The only variant for a GPU; `what` holds its code.
static FailureOr<dl::VariantOp> onlyVariant(ModuleOp module, StringRef what) {
  SmallVector<dl::VariantOp> variants;
  for (auto variant : module.getOps<dl::VariantOp>())
    if (isGpu(variant.getTarget()))
      variants.push_back(variant);
  if (variants.size() != 1)
    return module.emitError() << what << " holds the code of one variant for a GPU, this module has "
                              << variants.size();
  return variants.front();
}

FailureOr<std::string> printDeviceCode(ModuleOp module) {
  FailureOr<dl::VariantOp> variant = onlyVariant(module, "--emit=nvvm");
  if (failed(variant))
    return failure();
  std::string text;
  llvm::raw_string_ostream stream(text);
  for (auto device : variant->getOps<gpu::GPUModuleOp>())
    stream << device << "\n";
  return text;
}

FailureOr<std::string> makePtx(ModuleOp module) {
  FailureOr<dl::VariantOp> variant = onlyVariant(module, "a .ptx");
  if (failed(variant))
    return failure();
  FailureOr<DeviceCode> code = makeDeviceCode(*variant);
  if (failed(code))
    return failure();
  return code->text;
}

} // namespace dlc
