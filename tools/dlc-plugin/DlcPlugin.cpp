// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Our dialect and passes for a stock mlir-opt of the same LLVM:
//   mlir-opt-22 --load-dialect-plugin=libDlcPlugin.so --load-pass-plugin=libDlcPlugin.so
#include "dialects/dl/Dl.h"
#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"
#include "passes/Passes.h"

extern "C" LLVM_ATTRIBUTE_WEAK mlir::DialectPluginLibraryInfo mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "Dlc", LLVM_VERSION_STRING,
          [](mlir::DialectRegistry *registry) { registry->insert<dlc::dl::DlDialect>(); }};
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::PassPluginLibraryInfo mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "Dlc", LLVM_VERSION_STRING, [] { dlc::registerDlcPasses(); }};
}
