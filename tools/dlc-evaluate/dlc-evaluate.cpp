// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Runs dl functions in the reference evaluator: test cases by their attributes,
// or one function on random inputs.
#include "tools/dlc-evaluate/CaseFile.h"
#include "tools/dlc-evaluate/Cases.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"

using namespace mlir;
using namespace dlc;
namespace cl = llvm::cl;

namespace {
struct Options {
  cl::OptionCategory category{"dlc-evaluate"};
  cl::opt<std::string> input{cl::Positional, cl::desc("<file.mlir>"), cl::init("-"), cl::cat(category)};
  cl::opt<std::string> function{"function", cl::desc("Run this function on random inputs and print its results"),
                                cl::cat(category)};
  cl::opt<bool> all{"all", cl::desc("Run every entry function on random inputs"), cl::cat(category)};
  cl::opt<uint64_t> seed{"seed", cl::desc("Seed of random inputs and of initial weights"), cl::init(0),
                         cl::cat(category)};
  cl::opt<unsigned> calls{"calls", cl::desc("How often to call, state being kept"), cl::init(1), cl::cat(category)};
  cl::list<std::string> dims{"dim", cl::desc("Extent of a named dimension (else 3)"), cl::value_desc("name=n"),
                             cl::cat(category)};
  cl::opt<bool> verifyDiagnostics{"verify-diagnostics", cl::desc("Check that diagnostics are those the file expects"),
                                  cl::cat(category)};
};
} // namespace

/// An evaluator with the module's state initialised.
static LogicalResult prepare(dl::Evaluator &evaluator, uint64_t seed) {
  evaluator.seed = static_cast<int64_t>(seed);
  return evaluator.initialise();
}

static LogicalResult runCase(ModuleOp module, func::FuncOp function, uint64_t seed) {
  FailureOr<Case> test = readCase(function);
  dl::Evaluator evaluator(module);
  if (failed(test) || failed(prepare(evaluator, seed)))
    return failure();
  FailureOr<std::vector<dl::Tensor>> results = evaluator.call(test->name, test->inputs);
  if (failed(results))
    return failure();
  if (!test->expected)
    return function.emitOpError("has dl.inputs and no dl.expect, and its evaluation reports no error");
  bool good = true;
  for (size_t i = 0; i < results->size(); ++i)
    if (std::optional<std::string> why = difference((*test->expected)[i], (*results)[i], test->ulps)) {
      function.emitOpError() << "result " << i << ": " << *why;
      good = false;
    }
  return success(good);
}

static LogicalResult runRandom(ModuleOp module, func::FuncOp function, const Options &options) {
  std::map<std::string, int64_t> dims;
  for (const std::string &text : options.dims) {
    auto [name, number] = StringRef(text).split('=');
    int64_t value;
    if (number.getAsInteger(10, value) || value < 0)
      return emitError(UnknownLoc::get(module.getContext()))
             << "--dim " << text << ": expected name=n, n an integer of 0 or more";
    dims[name.str()] = value;
  }
  FailureOr<std::vector<dl::Tensor>> inputs = randomInputs(function, options.seed, dims);
  dl::Evaluator evaluator(module);
  if (failed(inputs) || failed(prepare(evaluator, options.seed)))
    return failure();
  for (unsigned call = 0; call < options.calls; ++call) {
    FailureOr<std::vector<dl::Tensor>> results = evaluator.call(function.getSymName(), *inputs);
    if (failed(results))
      return failure();
    for (auto [i, result] : llvm::enumerate(*results))
      llvm::outs() << function.getSymName() << "#" << i << ": " << toText(result) << "\n";
  }
  return success();
}

/// Everything asked for; goes on after a failure, so that one run shows all.
static LogicalResult runAll(ModuleOp module, const Options &options) {
  if (!options.function.empty() || options.all) {
    LogicalResult result = success();
    unsigned count = 0;
    module.walk([&](func::FuncOp function) {
      if (options.all ? !function->hasAttr("dl.entry") : function.getSymName() != options.function)
        return;
      ++count;
      if (failed(runRandom(module, function, options)))
        result = failure();
    });
    if (count == 0)
      return module.emitError() << "no function " << (options.all ? "is an entry" : "'" + options.function + "'");
    return result;
  }
  LogicalResult result = success();
  unsigned count = 0;
  for (auto function : module.getOps<func::FuncOp>()) {
    if (!isCase(function))
      continue;
    ++count;
    if (failed(runCase(module, function, options.seed)))
      result = failure();
  }
  if (count == 0)
    return module.emitError("no function has dl.inputs: name one with --function");
  return result;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  Options options;
  cl::HideUnrelatedOptions(options.category);
  cl::ParseCommandLineOptions(argc, argv, "runs dl functions in the reference evaluator\n");
  return runOnFile(options.input, options.verifyDiagnostics, [&](ModuleOp module) { return runAll(module, options); });
}
