// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// mlir-opt for dlc.
#include "mlir/IR/Remarks.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "passes/EmitRemarks/EmitRemarks.h"
#include "tools/registry/Registry.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;

/// mlir-opt's work, with a pipeline that ends by saying its remarks.
static LogicalResult run(const std::string &input, const std::string &output, DialectRegistry &registry,
                         MlirOptMainConfig config) {
  config.setPassPipelineSetupFn([asked = config](PassManager &pm) {
    if (failed(asked.setupPassPipeline(pm)))
      return failure();
    if (asked.shouldEmitRemarks())
      pm.addPass(dlc::createEmitRemarks());
    else // there is an engine all the same, and passes would speak to it
      pm.getContext()->setRemarkEngine(nullptr);
    return success();
  });
  std::string error;
  std::unique_ptr<llvm::MemoryBuffer> buffer = openInputFile(input, &error);
  std::unique_ptr<llvm::ToolOutputFile> file = buffer ? openOutputFile(output, &error) : nullptr;
  if (!file) {
    llvm::errs() << "dlc-opt: error: " << error << "\n";
    return failure();
  }
  if (failed(MlirOptMain(file->os(), std::move(buffer), registry, config)))
    return failure();
  file->keep();
  return success();
}

int main(int argc, char **argv) {
  DialectRegistry registry;
  dlc::registerDialectsForTools(registry);
  dlc::registerPassesForTools();
  auto [input, output] = registerAndParseCLIOptions(argc, argv, "dlc optimizer\n", registry);
  MlirOptMainConfig config = MlirOptMainConfig::createFromCLOptions();
  bool lists = config.shouldListPasses() || config.shouldShowDialects();
  return asMainReturnCode(lists ? MlirOptMain(argc, argv, input, output, registry)
                                : run(input, output, registry, config));
}
