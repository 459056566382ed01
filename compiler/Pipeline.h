// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The table of contents of the compiler: which passes run, in which order, and
// why there.
#ifndef DLC_COMPILER_PIPELINE_H
#define DLC_COMPILER_PIPELINE_H

#include "compiler/Options.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace dlc {

/// "dl", "kernels", "loops", "llvm" ("source" for what no stage has touched).
llvm::StringRef stageName(Stage stage);
std::optional<Stage> parseStage(llvm::StringRef name);

/// Adds the passes that take a module from the stage before to `stage`.
void buildStage(Stage stage, mlir::OpPassManager &pm, const Options &options);

/// The dialects that may occur in a module at `stage`: what its file may use.
void registerDialectsOf(Stage stage, mlir::DialectRegistry &registry);
/// What the passes need besides: every dialect and conversion interface.
void registerForPipeline(mlir::DialectRegistry &registry);

/// Runs the stages after `options.from` up to and with `last`. `afterStage`
/// sees the module as each stage leaves it and may refuse to go on.
mlir::LogicalResult runPipeline(mlir::ModuleOp module, const Options &options, Stage last,
                                llvm::function_ref<mlir::LogicalResult(Stage)> afterStage);

} // namespace dlc
#endif // DLC_COMPILER_PIPELINE_H
