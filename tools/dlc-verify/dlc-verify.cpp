// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The second witness: compiled functions against the reference evaluator.
#include "compiler/Parse.h"
#include "compiler/Pipeline.h"
#include "mlir/IR/Diagnostics.h"
#include "tools/dlc-gradcheck/GradientCheck.h"
#include "tools/dlc-verify/Differences.h"
#include "tools/dlc-verify/Isolate.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"

using namespace mlir;
using namespace dlc;
namespace cl = llvm::cl;

namespace {
struct CommandLine {
  cl::OptionCategory category{"dlc-verify"};
  cl::list<std::string> inputs{cl::Positional, cl::OneOrMore, cl::desc("<file.mlir>..."), cl::cat(category)};
  cl::opt<std::string> function{"function", cl::desc("This function alone"), cl::cat(category)};
  cl::opt<uint64_t> seed{"seed", cl::desc("Seed of random inputs"), cl::init(0), cl::cat(category)};
  cl::list<std::string> dims{"dim", cl::desc("Extents of a named dimension to try (else 3, 0, 1, 17)"),
                             cl::value_desc("name=n,n..."), cl::cat(category)};
  cl::opt<std::string> cpu{"cpu", cl::desc("avx512, avx2, sse, native or all"), cl::init("all"), cl::cat(category)};
  cl::list<int> threads{"threads", cl::desc("Numbers of threads, which must agree bit for bit (else 1,2)"),
                        cl::CommaSeparated, cl::cat(category)};
  cl::opt<bool> special{"special", cl::desc("NaN, infinities, -0 and subnormals among the inputs"), cl::cat(category)};
  cl::opt<bool> all{"all", cl::desc("Every function with a body, not entries alone"), cl::cat(category)};
  cl::opt<bool> gradient{"gradient",
                         cl::desc("The vector-Jacobian products of all functions with float results besides"),
                         cl::cat(category)};
  cl::opt<bool> differences{
      "differences",
      cl::desc("Instead: gradients of all functions in f64 against central differences, both as compiled"),
      cl::cat(category)};
  cl::opt<bool> verbose{"v", cl::desc("Name what passes, too"), cl::cat(category)};
};
} // namespace

static int complain(const llvm::Twine &message) {
  llvm::errs() << "dlc-verify: error: " << message << "\n";
  return 2;
}

/// What the command line asks for; false after a message.
static bool readRequest(const CommandLine &options, Request &request) {
  request.seed = options.seed;
  request.special = options.special;
  request.differences = options.differences;
  if (!options.threads.empty())
    request.threads = {options.threads.begin(), options.threads.end()};
  StringRef cpu = options.cpu;
  if (cpu != "all") {
    std::string name = llvm::StringSwitch<std::string>(cpu)
                           .Case("avx512", "x86-64-v4")
                           .Case("avx2", "x86-64-v3")
                           .Case("sse", "x86-64-v2")
                           .Default(cpu.str());
    request.cpus = {name};
  }
  for (const std::string &text : options.dims) {
    auto [name, list] = StringRef(text).split('=');
    SmallVector<StringRef> numbers;
    list.split(numbers, ',');
    for (StringRef number : numbers) {
      int64_t value;
      if (number.getAsInteger(10, value) || value < 0)
        return complain("--dim " + text + ": expected name=n,n..., each an integer of 0 or more"), false;
      request.extents.of[name.str()].push_back(value);
    }
  }
  return true;
}

/// Whether every extent of an argument is a number or one name, as an entry's must be.
static bool hasPlainExtents(func::FuncOp function) {
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    if (auto extents = function.getArgAttrOfType<ArrayAttr>(i, "dl.dims"))
      for (Attribute extent : extents)
        if (auto text = dyn_cast<StringAttr>(extent);
            text && !llvm::all_of(text.getValue(), [](char c) { return llvm::isAlnum(c) || c == '_'; }))
          return false;
  return true;
}

/// Adds the vector-Jacobian product of each function that has one as an entry.
static void addGradients(ModuleOp module) {
  SmallVector<func::FuncOp> functions(module.getOps<func::FuncOp>());
  for (func::FuncOp function : functions) {
    bool floats = function->hasAttr("dl.entry") && llvm::any_of(function.getResultTypes(), [](Type type) {
                    return isa<FloatType>(getElementTypeOrSelf(type));
                  });
    if (!floats)
      continue;
    ScopedDiagnosticHandler quiet(module.getContext(), [](Diagnostic &) { return success(); });
    FailureOr<func::FuncOp> vjp = buildVjpFunction(function, "_vjp");
    if (failed(vjp))
      continue;
    (*vjp)->setAttr("dl.entry", UnitAttr::get(module.getContext()));
    (*vjp).setPublic();
  }
}

/// Puts the gradient of each entry in its place; returns how many have none to put there.
static size_t differentiateEntries(ModuleOp module) {
  size_t others = 0;
  for (func::FuncOp function : llvm::to_vector(module.getOps<func::FuncOp>())) {
    if (!function->hasAttr("dl.entry"))
      continue;
    if (isDifferentiable(function))
      buildGradientEntry(function);
    else
      ++others;
    function.erase();
  }
  return others;
}

static LogicalResult verifyFile(const std::string &path, const CommandLine &options, const Request &request,
                                size_t &passed, size_t &failures, size_t &leftOut) {
  llvm::SourceMgr sources;
  std::string error;
  if (!readSource(path, sources, error))
    return complain(error), failure();
  DialectRegistry registry;
  registerForPipeline(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.printOpOnDiagnostic(false);
  SourceMgrDiagnosticHandler diagnostics(sources, &context, llvm::errs());
  OwningOpRef<ModuleOp> module = parseModel(sources, &context, Stage::Source);
  if (!module)
    return failure();
  if (options.all || options.gradient || options.differences)
    for (auto function : module->getOps<func::FuncOp>())
      if (!function.isExternal() && function.isPublic())
        function->setAttr("dl.entry", UnitAttr::get(&context));
  if (options.gradient)
    addGradients(*module);
  if (options.differences)
    leftOut += differentiateEntries(*module);
  for (auto function : module->getOps<func::FuncOp>()) // inputs of something else are no case of this function
    if (auto inputs = function->getAttrOfType<ArrayAttr>("dl.inputs");
        inputs && inputs.size() != function.getNumArguments())
      function->removeAttr("dl.inputs");
  std::vector<std::string> names;
  for (auto function : llvm::make_early_inc_range(module->getOps<func::FuncOp>())) {
    if (!function->hasAttr("dl.entry"))
      continue;
    if (!hasPlainExtents(function)) { // no library can have it
      ++leftOut;
      function.erase();
    } else if (options.function.empty() || options.function == function.getSymName()) {
      names.push_back(function.getSymName().str());
    }
  }
  for (const Outcome &outcome : checkIsolated(*module, names, request)) {
    ++(outcome.difference.empty() ? passed : failures);
    if (!outcome.difference.empty())
      llvm::outs() << path << ": @" << outcome.function << ": " << outcome.difference << "\n";
    else if (options.verbose)
      llvm::outs() << path << ": @" << outcome.function << ": passed, " << outcome.calls << " calls\n";
    llvm::outs().flush();
  }
  return success();
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::ResetCommandLineParser(); // lld, which is linked in, has options of the same names
  CommandLine options;
  cl::HideUnrelatedOptions(options.category);
  cl::ParseCommandLineOptions(argc, argv, "compiles dl functions and compares them with the reference evaluator\n");
  Request request;
  if (!readRequest(options, request))
    return 2;
  size_t passed = 0, failures = 0, leftOut = 0;
  bool good = true;
  for (const std::string &path : options.inputs)
    good &= succeeded(verifyFile(path, options, request, passed, failures, leftOut));
  if (leftOut)
    llvm::outs() << leftOut << " left out: extents of their arguments are expressions"
                 << (options.differences ? ", or they are not f64 to f64" : "") << "\n";
  if (passed + failures == 0)
    return complain("no function is an entry");
  llvm::outs() << passed << " passed, " << failures << " failed\n";
  return good && failures == 0 ? 0 : 1;
}
