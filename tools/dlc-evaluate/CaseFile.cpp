// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tools/dlc-evaluate/CaseFile.h"
#include "dialects/dl/Dl.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;

int dlc::runOnFile(const std::string &path, bool verifyDiagnostics, llvm::function_ref<LogicalResult(ModuleOp)> run) {
  std::string message;
  std::unique_ptr<llvm::MemoryBuffer> file = openInputFile(path, &message);
  if (!file) {
    llvm::errs() << "error: " << message << "\n";
    return 1;
  }
  auto sources = std::make_shared<llvm::SourceMgr>();
  sources->AddNewSourceBuffer(std::move(file), SMLoc());
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.loadDialect<dl::DlDialect, func::FuncDialect>();
  context.printOpOnDiagnostic(false);
  auto parseAndRun = [&] {
    OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(sources, &context);
    return success(module && succeeded(run(*module)));
  };
  if (verifyDiagnostics) {
    SourceMgrDiagnosticVerifierHandler handler(*sources, &context);
    (void)parseAndRun();
    return failed(handler.verify());
  }
  SourceMgrDiagnosticHandler handler(*sources, &context);
  return failed(parseAndRun());
}
