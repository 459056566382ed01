// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Checks the gradient of every public function of a file: against central
// differences, and where composites bring their own gradient, against that of
// their decomposition. Inner dl.gradient regions are differentiated first, which
// makes gradients of gradients testable. Arguments are random (dl.range as in
// dlc-evaluate), of f64 where they are differentiated.
#include "mlir/Pass/PassManager.h"
#include "passes/Decompose/Decompose.h"
#include "passes/Differentiate/Differentiate.h"
#include "tools/dlc-evaluate/CaseFile.h"
#include "tools/dlc-gradcheck/GradientCheck.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"

using namespace mlir;
using namespace dlc;
namespace cl = llvm::cl;

namespace {
struct Options {
  cl::OptionCategory category{"dlc-gradcheck"};
  cl::opt<std::string> input{cl::Positional, cl::desc("<file.mlir>"), cl::init("-"), cl::cat(category)};
  cl::opt<unsigned> seeds{"seeds", cl::desc("Random points for each function"), cl::init(3), cl::cat(category)};
  cl::opt<double> tolerance{"tolerance", cl::desc("Relative error allowed"), cl::init(1e-6), cl::cat(category)};
  cl::opt<bool> verifyDiagnostics{"verify-diagnostics", cl::desc("Check that diagnostics are those the file expects"),
                                  cl::cat(category)};
};
} // namespace

static bool overridesGradient(func::FuncOp function) {
  return function
      .walk([](Operation *op) {
        return isa<dl::CompositeOpInterface>(op) && isa<dl::DifferentiableOpInterface>(op) ? WalkResult::interrupt()
                                                                                           : WalkResult::advance();
      })
      .wasInterrupted();
}

static LogicalResult check(func::FuncOp function, const Options &options) {
  bool hasOverride = overridesGradient(function);
  FailureOr<func::FuncOp> vjp = buildVjpFunction(function, "$vjp");
  if (failed(vjp) || failed(checkAgainstDifferences(function, *vjp, options.seeds, options.tolerance)))
    return failure();
  if (!hasOverride)
    return success();
  func::FuncOp plain = function.clone();
  plain.setSymName((function.getSymName() + "$plain").str());
  function->getBlock()->getOperations().insert(std::next(Block::iterator(function)), plain);
  PassManager decompose(function.getContext(), func::FuncOp::getOperationName());
  DecomposeOptions keep;
  keep.keep = {"stop_gradient"};
  decompose.addPass(createDecompose(keep));
  FailureOr<func::FuncOp> plainVjp = failure();
  if (succeeded(decompose.run(plain)))
    plainVjp = buildVjpFunction(plain, "$vjp");
  if (failed(plainVjp))
    return failure();
  return checkEqual(function, *vjp, *plainVjp, options.seeds, 1e-9);
}

/// Goes on after a failure, so that one run shows all.
static LogicalResult checkAll(ModuleOp module, const Options &options) {
  PassManager differentiate(module.getContext());
  differentiate.addNestedPass<func::FuncOp>(createDifferentiate());
  if (failed(differentiate.run(module)))
    return failure();
  auto functions = llvm::to_vector(module.getOps<func::FuncOp>());
  if (functions.empty())
    return module.emitError("has no function to check");
  LogicalResult result = success();
  for (func::FuncOp function : functions)
    if (!function.isPrivate() && failed(check(function, options)))
      result = failure();
  return result;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  Options options;
  cl::HideUnrelatedOptions(options.category);
  cl::ParseCommandLineOptions(argc, argv, "checks gradients against central differences\n");
  return runOnFile(options.input, options.verifyDiagnostics,
                   [&](ModuleOp module) { return checkAll(module, options); });
}
