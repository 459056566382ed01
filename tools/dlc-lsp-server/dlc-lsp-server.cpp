// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Editors ask it about models: hover, go to definition, diagnostics as one types.
#include "mlir/Support/LogicalResult.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "tools/registry/Registry.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  dlc::registerDialectsForTools(registry);
  return mlir::failed(mlir::MlirLspServerMain(argc, argv, registry));
}
