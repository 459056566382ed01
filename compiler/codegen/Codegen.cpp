// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/codegen/Codegen.h"
#include "compiler/Targets.h"
#include "compiler/codegen/OutlineLoops.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Linker/Linker.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/ThreadPool.h"
#include "llvm/Transforms/IPO/DeadArgumentElimination.h"
#include "llvm/Transforms/IPO/GlobalDCE.h"
#include "llvm/Transforms/InstCombine/InstCombine.h"
#include "llvm/Transforms/Scalar/EarlyCSE.h"
#include "llvm/Transforms/Scalar/LICM.h"
#include "llvm/Transforms/Scalar/LoopPassManager.h"
#include "llvm/Transforms/Scalar/SROA.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"
#include <atomic>

using namespace mlir;

namespace dlc {

std::unique_ptr<llvm::TargetMachine> createMachine(StringRef arch, std::string &error, StringRef cpu,
                                                   StringRef features) {
  if (arch == "x86_64") {
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
  } else if (arch == "aarch64") {
    LLVMInitializeAArch64TargetInfo();
    LLVMInitializeAArch64Target();
    LLVMInitializeAArch64TargetMC();
    LLVMInitializeAArch64AsmPrinter();
  } else if (arch == "nvptx64") {
    LLVMInitializeNVPTXTargetInfo();
    LLVMInitializeNVPTXTarget();
    LLVMInitializeNVPTXTargetMC();
    LLVMInitializeNVPTXAsmPrinter();
  }
  llvm::Triple triple(tripleFor(arch));
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(triple, error);
  if (!target)
    return nullptr;
  llvm::TargetOptions options;
  options.FunctionSections = options.DataSections = true; // for --gc-sections
  options.TrapUnreachable = true;
  return std::unique_ptr<llvm::TargetMachine>(target->createTargetMachine(
      triple, cpu, features, options, llvm::Reloc::PIC_, std::nullopt, llvm::CodeGenOptLevel::Default));
}

void setMachine(llvm::Module &module, llvm::TargetMachine &machine) {
  module.setTargetTriple(machine.getTargetTriple());
  module.setDataLayout(machine.createDataLayout());
  module.setPICLevel(llvm::PICLevel::BigPIC);
}

void registerTranslations(MLIRContext &context) {
  DialectRegistry registry;
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  context.appendDialectRegistry(registry);
}

/// Sets processor and features of a variant's functions.
static void setTarget(llvm::Module &module, const VariantCode &variant) {
  dl::TargetAttr target = variant.target;
  std::string bits = std::to_string(target.getVectorBits());
  for (const std::string &name : variant.functions) {
    llvm::Function *function = module.getFunction(name);
    function->addFnAttr(llvm::Attribute::NoUnwind);
    if (variant.device) // its target is the device; any host runs what launches
      continue;
    function->addFnAttr("target-cpu", target.getCpu());
    if (!target.getFeatures().empty())
      function->addFnAttr("target-features", target.getFeatures());
    // Some processors are said to prefer 256 bits; vectors that the generators
    // wrote with 512 must stay whole.
    function->addFnAttr("prefer-vector-width", bits);
    function->addFnAttr("min-legal-vector-width", bits);
  }
}

std::unique_ptr<llvm::Module> translate(const VariantCode &variant, llvm::LLVMContext &context,
                                        llvm::TargetMachine &machine) {
  ModuleOp module = *variant.module;
  std::unique_ptr<llvm::Module> result =
      translateModuleToLLVMIR(module, context, variant.name, /*disableVerification=*/true);
  if (!result)
    return nullptr;
  // LLVM's dialect lets pass some of what LLVM refuses; LLVM's own report goes
  // to the terminal and names no input.
  std::string reason;
  llvm::raw_string_ostream stream(reason);
  if (llvm::verifyModule(*result, &stream)) {
    auto [what, where] = StringRef(reason).split('\n');
    module.emitError("is no valid LLVM IR: ") << what << ": " << where.split('\n').first.trim();
    return nullptr;
  }
  setMachine(*result, machine);
  setTarget(*result, variant);
  return result;
}

namespace {
/// Says that innermost loops that carry vectors from trip to trip run longest.
/// Such are the sums of a contraction; the loop beside them that computes the
/// epilogue lies equally deep, and to the register allocator its constants
/// would be worth as much as the accumulators.
struct WeighLoops : llvm::PassInfoMixin<WeighLoops> {
  llvm::PreservedAnalyses run(llvm::Function &function, llvm::FunctionAnalysisManager &analyses) {
    constexpr uint32_t trips = 4096;
    auto &loops = analyses.getResult<llvm::LoopAnalysis>(function);
    for (llvm::Loop *loop : loops.getLoopsInPreorder()) {
      bool carries = llvm::any_of(loop->getHeader()->phis(), [](auto &phi) { return phi.getType()->isVectorTy(); });
      if (!loop->isInnermost() || !carries)
        continue;
      llvm::SmallVector<llvm::BasicBlock *> exiting;
      loop->getExitingBlocks(exiting);
      for (llvm::BasicBlock *block : exiting) {
        auto *branch = llvm::dyn_cast<llvm::BranchInst>(block->getTerminator());
        if (!branch || !branch->isConditional())
          continue;
        bool stays = loop->contains(branch->getSuccessor(0));
        llvm::MDBuilder builder(function.getContext());
        branch->setMetadata(llvm::LLVMContext::MD_prof,
                            stays ? builder.createBranchWeights(trips, 1) : builder.createBranchWeights(1, trips));
      }
    }
    return llvm::PreservedAnalyses::all();
  }
};
} // namespace

void optimise(llvm::Module &module, llvm::TargetMachine &machine) {
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder(&machine);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);

  // Kernels arrive vectorised, blocked and unrolled; -O3 measured within 2% of
  // this and costs several times the time.
  llvm::FunctionPassManager tidy, pm;
  tidy.addPass(llvm::SROAPass(llvm::SROAOptions::ModifyCFG));
  tidy.addPass(llvm::EarlyCSEPass(/*UseMemorySSA=*/true));
  tidy.addPass(llvm::SimplifyCFGPass());
  tidy.addPass(llvm::InstCombinePass());
  llvm::LoopPassManager hoist;
  hoist.addPass(llvm::LICMPass(llvm::LICMOptions()));
  pm.addPass(llvm::createFunctionToLoopPassAdaptor(std::move(hoist),
                                                   /*UseMemorySSA=*/true));
  pm.addPass(llvm::EarlyCSEPass());
  pm.addPass(llvm::SimplifyCFGPass());
  pm.addPass(WeighLoops()); // last: code generation reads it
  llvm::ModulePassManager all;
  // A memref arrives as five values; kernels use one or two of them.
  all.addPass(llvm::DeadArgumentEliminationPass());
  all.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(tidy)));
  all.addPass(OutlineLoops()); // before: what is hoisted stays in the loop's own function
  all.addPass(llvm::createModuleToFunctionPassAdaptor(std::move(pm)));
  all.addPass(llvm::GlobalDCEPass());
  all.run(module, modules);
}

static llvm::SmallVector<char, 0> emit(llvm::Module &module, llvm::TargetMachine &machine, llvm::CodeGenFileType type) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  llvm::legacy::PassManager pm;
  // Cannot fail for the two types that are passed.
  machine.addPassesToEmitFile(pm, stream, nullptr, type);
  pm.run(module);
  return bytes;
}

llvm::SmallVector<char, 0> emitAssembly(llvm::Module &module, llvm::TargetMachine &machine) {
  return emit(module, machine, llvm::CodeGenFileType::AssemblyFile);
}

std::unique_ptr<llvm::Module> merge(ArrayRef<CodeUnit> units, llvm::LLVMContext &context,
                                    llvm::TargetMachine &machine) {
  std::unique_ptr<llvm::Module> all = units.front()(context, machine);
  for (const CodeUnit &unit : units.drop_front()) {
    std::unique_ptr<llvm::Module> part = unit(context, machine);
    if (!all || !part || llvm::Linker::linkModules(*all, std::move(part)))
      return nullptr;
  }
  if (all)
    optimise(*all, machine);
  return all;
}

FailureOr<std::vector<llvm::SmallVector<char, 0>>> emitObjects(ArrayRef<CodeUnit> units, StringRef arch) {
  std::vector<llvm::SmallVector<char, 0>> objects(units.size());
  std::vector<std::unique_ptr<llvm::TargetMachine>> machines;
  for (size_t i = 0; i < units.size(); ++i) {
    std::string error; // there is one for `arch`: the caller has made it
    machines.push_back(createMachine(arch, error));
  }
  auto generate = [&](size_t i) {
    llvm::LLVMContext context; // nothing is shared between threads
    std::unique_ptr<llvm::Module> module = units[i](context, *machines[i]);
    if (!module)
      return;
    optimise(*module, *machines[i]);
    objects[i] = emit(*module, *machines[i], llvm::CodeGenFileType::ObjectFile);
  };
  std::atomic<bool> crashed = false;
  llvm::DefaultThreadPool pool(llvm::hardware_concurrency(units.size()));
  for (size_t i = 0; i < units.size(); ++i)
    pool.async([&, i] { // the net of the main thread does not reach here
      llvm::CrashRecoveryContext net;
      if (!net.RunSafely([&] { generate(i); }))
        crashed = true;
    });
  pool.wait();
  if (crashed) // into the net, which tells of it
    LLVM_BUILTIN_TRAP;
  if (llvm::any_of(objects, [](auto &object) { return object.empty(); }))
    return failure();
  return objects;
}

} // namespace dlc
