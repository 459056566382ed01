// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The importer by itself: prints the dl module of an ONNX file, lists what
// cannot be imported, or runs it by the reference evaluator.
#include "compiler/import/onnx/OnnxImport.h"
#include "compiler/import/training/Training.h"
#include "dialects/dl/Dl.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/Verifier.h"
#include "tools/dlc-import-onnx/TestData.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;
namespace cl = llvm::cl;

static cl::OptionCategory category("dlc-import-onnx options");
static cl::list<std::string> inputs(cl::Positional, cl::OneOrMore, cl::desc("model.onnx"), cl::cat(category));
static cl::opt<std::string> output("o", cl::desc("where to write the module"), cl::init("-"), cl::cat(category));
static cl::opt<bool> check("check", cl::desc("list everything that is not supported, in any number of files"),
                           cl::cat(category));
static cl::list<std::string>
    tests("test", cl::value_desc("data"),
          cl::desc("evaluate and compare with a folder of input_*.pb and output_*.pb, or a file"), cl::cat(category));
static cl::opt<double> tolerance("tolerance", cl::desc("relative, for --test"), cl::init(1e-4), cl::cat(category));
static cl::opt<bool> train("train", cl::desc("add train_step and evaluate"), cl::cat(category));
static cl::opt<std::string> loss("loss", cl::value_desc("NAME[:OUTPUT]"),
                                 cl::desc("cross_entropy, cross_entropy_dense, bce, mse"), cl::cat(category));
static cl::opt<std::string> optimizer("optimizer", cl::desc("sgd, momentum, adam, adamw"), cl::init("adam"),
                                      cl::cat(category));
static cl::list<std::string> freeze("freeze", cl::value_desc("glob"), cl::desc("parameters that stay as they are"),
                                    cl::cat(category));
static cl::opt<bool> locations("locations", cl::desc("print locations (the names of nodes)"), cl::cat(category));
static cl::opt<bool> elide("elide", cl::desc("leave large constants out of the text"), cl::cat(category));

static int refuse(const llvm::Twine &what) {
  llvm::errs() << "dlc-import-onnx: error: " << what << "\n";
  return 1;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(argc, argv, "ONNX to dl\n");
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.getDiagEngine().registerHandler([](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
      refuse(diagnostic.str());
    else
      llvm::errs() << "dlc-import-onnx: warning: " << diagnostic.str() << "\n";
    return success();
  });
  if (check) {
    bool clean = true;
    for (const std::string &input : inputs) {
      std::vector<dlc::OnnxProblem> problems = dlc::checkOnnx(input, {}, &context);
      for (const dlc::OnnxProblem &problem : problems)
        llvm::outs() << (inputs.size() > 1 ? input + ": " : "") << problem.str() << "\n";
      if (problems.empty() && inputs.size() > 1)
        llvm::outs() << input << ": supported\n";
      llvm::outs().flush(); // what came before a crash is what finds it
      clean &= problems.empty();
      if (train && problems.empty())
        if (OwningOpRef<ModuleOp> module = dlc::importOnnx(input, {}, &context))
          for (const std::string &name : dlc::trainedParameters(*module, freeze))
            llvm::outs() << "trains " << name << "\n";
    }
    return clean ? 0 : 1;
  }
  if (inputs.size() != 1) {
    refuse("expected one model, given " + llvm::Twine(inputs.size()));
    return 2;
  }
  const std::string &input = inputs[0];
  OwningOpRef<ModuleOp> module = dlc::importOnnx(input, {}, &context);
  if (!module)
    return 1;
  if (train) {
    dlc::TrainingOptions options;
    options.loss = loss;
    options.optimizer = optimizer;
    options.freeze.assign(freeze.begin(), freeze.end());
    if (mlir::failed(dlc::addTraining(*module, options)) || mlir::failed(verify(*module)))
      return 1;
  }
  bool failed = false;
  for (const std::string &folder : tests)
    failed |= mlir::failed(testAgainst(*module, folder, tolerance));
  if (!tests.empty())
    return failed;
  std::error_code problem;
  llvm::ToolOutputFile file(output, problem, llvm::sys::fs::OF_Text);
  if (problem)
    return refuse("'" + output + "' cannot be written: " + problem.message());
  OpPrintingFlags flags;
  if (locations)
    flags.enableDebugInfo(true, /*prettyForm=*/false);
  if (elide)
    flags.elideLargeElementsAttrs(16).elideLargeResourceString(16);
  module->print(file.os(), flags);
  file.os() << "\n";
  file.keep();
  return 0;
}
