// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Runs the kernels of a GPU variant on this machine and compares them with the
// reference evaluator.
#include "compiler/Pipeline.h"
#include "mlir/Parser/Parser.h"
#include "passes/Elements/Target.h"
#include "passes/GenerateGpu/GenerateGpu.h"
#include "tools/dlc-simulate/Kernels.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::simulate;
namespace cl = llvm::cl;

namespace {
struct CommandLine {
  cl::OptionCategory category{"dlc-simulate"};
  cl::opt<std::string> input{cl::Positional, cl::desc("<module at stage kernels>"), cl::init("-"), cl::cat(category)};
  cl::list<std::string> dims{"dim", cl::desc("Extents of a named dimension to try (else 3, 65)"),
                             cl::value_desc("name=n,n..."), cl::cat(category)};
  cl::opt<std::string> kernel{"kernel", cl::desc("Kernels whose names contain this alone"), cl::cat(category)};
  cl::opt<std::string> code{"code", cl::desc("Device code at stage llvm to run instead of compiling the module"),
                            cl::cat(category)};
  cl::opt<uint64_t> seed{"seed", cl::desc("Seed of random inputs"), cl::init(1), cl::cat(category)};
  cl::opt<int64_t> special{"not-finite", cl::desc("Make one in so many elements of inputs infinite or NaN"),
                           cl::value_desc("n"), cl::init(0), cl::cat(category)};
  cl::opt<bool> verbose{"v", cl::desc("Name what passes, too"), cl::cat(category)};
};
using Extents = std::map<std::string, std::vector<int64_t>>;
} // namespace

static int complain(const llvm::Twine &message) {
  llvm::errs() << "dlc-simulate: error: " << message << "\n";
  return 2;
}

static bool readExtents(const CommandLine &options, Extents &extents) {
  for (const std::string &text : options.dims) {
    auto [name, list] = StringRef(text).split('=');
    SmallVector<StringRef> numbers;
    list.split(numbers, ',');
    for (StringRef number : numbers) {
      int64_t value;
      if (number.getAsInteger(10, value) || value < 0)
        return complain("--dim " + text + ": expected name=n,n..., each an integer of 0 or more"), false;
      extents[name.str()].push_back(value);
    }
  }
  return true;
}

static dl::VariantOp gpuVariant(ModuleOp module) {
  for (auto variant : module.getOps<dl::VariantOp>())
    if (isGpu(variant.getTarget()))
      return variant;
  return {};
}

/// One kernel at every value of its dimensions; how many failed.
static unsigned check(KernelCheck &check, dl::KernelOp kernel, const CommandLine &options, const Extents &extents) {
  std::vector<std::string> names = check.names();
  std::vector<std::map<std::string, int64_t>> points(1);
  for (const std::string &name : names) {
    auto known = extents.find(name);
    std::vector<int64_t> values = known == extents.end() ? std::vector<int64_t>{3, 65} : known->second;
    std::vector<std::map<std::string, int64_t>> more;
    for (auto &point : points)
      for (int64_t value : values) {
        more.push_back(point);
        more.back()[name] = value;
      }
    points = std::move(more);
  }
  unsigned failures = 0;
  for (auto &point : points) {
    std::string error = check.run(point, options.seed), where;
    for (auto &[name, value] : point)
      where += " " + name + "=" + std::to_string(value);
    failures += !error.empty();
    if (!error.empty())
      llvm::errs() << "FAIL @" << kernel.getSymName() << where << ": " << error << "\n";
    else if (options.verbose)
      llvm::outs() << "ok @" << kernel.getSymName() << where << "\n";
  }
  return failures;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  CommandLine options;
  cl::HideUnrelatedOptions(options.category);
  cl::ParseCommandLineOptions(argc, argv, "runs a GPU's kernels on this machine\n");
  Extents extents;
  if (!readExtents(options, extents))
    return 2;
  if (options.special < 0)
    return complain("--not-finite " + llvm::Twine(options.special) + ": expected 0 or more");
  DialectRegistry registry;
  registerForPipeline(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler handler(sources, &context);
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(options.input, &context), compiled;
  if (!module)
    return 1;
  dl::VariantOp variant = gpuVariant(*module);
  if (!variant || variant.getOps<dl::KernelOp>().empty())
    return complain("'" + options.input +
                    "' has no kernels for a GPU: it is what dlc --device=cuda --emit=kernels writes");
  if (!options.code.empty()) {
    compiled = parseSourceFile<ModuleOp>(options.code, &context);
  } else {
    compiled = module->clone();
    Options compilation;
    compilation.from = Stage::Kernels;
    if (failed(runPipeline(*compiled, compilation, Stage::Llvm, [](Stage) { return success(); })))
      return 1;
  }
  auto codeVariant = compiled ? gpuVariant(*compiled) : dl::VariantOp();
  if (!codeVariant || codeVariant.getOps<gpu::GPUModuleOp>().empty())
    return complain("there is no device code");
  gpu::GPUModuleOp device = *codeVariant.getOps<gpu::GPUModuleOp>().begin();
  std::string error;
  std::unique_ptr<HostCode> code = HostCode::compile(device, error);
  if (!code)
    return complain(error);
  dl::Evaluator evaluator(*module);
  unsigned kernels = 0, failures = 0;
  for (auto kernel : variant.getOps<dl::KernelOp>())
    for (bool aligned : {true, false}) {
      SmallVector<LLVM::LLVMFuncOp> functions;
      auto name = [&] { return (aligned ? deviceName : unalignedName)(kernel.getSymName(), functions.size()); };
      while (auto step = device.lookupSymbol<LLVM::LLVMFuncOp>(name()))
        functions.push_back(step);
      if (!kernel.getSymName().contains(options.kernel) || functions.empty())
        continue;
      ++kernels;
      KernelCheck one(evaluator, kernel, functions, *code);
      one.special = options.special;
      one.aligned = aligned;
      failures += check(one, kernel, options, extents) != 0;
    }
  if (!kernels)
    return complain("no kernel is named like '" + options.kernel + "'");
  llvm::outs() << kernels - failures << " of " << kernels << " kernels agree with the evaluator\n";
  return failures != 0;
}
