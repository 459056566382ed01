// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Makes a module that shows a defect as small as it can: see CONTRIBUTING.md.
#include "mlir/IR/MLIRContext.h"
#include "mlir/Support/LogicalResult.h"
#include "mlir/Tools/mlir-reduce/MlirReduceMain.h"
#include "tools/registry/Registry.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  dlc::registerDialectsForTools(registry);
  dlc::registerPassesForTools();
  mlir::MLIRContext context(registry);
  return mlir::failed(mlir::mlirReduceMain(argc, argv, context));
}
