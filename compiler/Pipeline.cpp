// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/Pipeline.h"
#include "dialects/dl/Dl.h"
#include "mlir/Conversion/ConvertToLLVM/ToLLVMInterface.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Index/IR/IndexDialect.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Transforms/Passes.h"
#include "passes/AddInitialise/AddInitialise.h"
#include "passes/DescribeInterface/DescribeInterface.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace dlc {

/// Canonical forms and shared subexpressions, named once.
static void simplify(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

/// dl: graph algebra on pure values
static void buildDl(OpPassManager &pm, const Options &options) {
  DescribeInterfaceOptions describe;
  describe.dims.assign(options.dims.begin(), options.dims.end());
  pm.addPass(createDescribeInterface(describe)); // while entries are the user's
  pm.addPass(createAddInitialise()); // after: it asks which state is data
  simplify(pm);
}

/// kernels: what is computed together, for each target
static void buildKernels(OpPassManager &pm, const Options &options) {}

/// loops: kernels as loops over vectors, memory planned
static void buildLoops(OpPassManager &pm, const Options &options) {}

/// llvm: nothing left but LLVM's own dialect
static void buildLlvm(OpPassManager &pm, const Options &options) {}

void buildStage(Stage stage, OpPassManager &pm, const Options &options) {
  switch (stage) {
  case Stage::Source:
    return;
  case Stage::Dl:
    return buildDl(pm, options);
  case Stage::Kernels:
    return buildKernels(pm, options);
  case Stage::Loops:
    return buildLoops(pm, options);
  case Stage::Llvm:
    return buildLlvm(pm, options);
  }
}

static constexpr std::pair<Stage, llvm::StringLiteral> names[] = {
    {Stage::Source, "source"},   {Stage::Dl, "dl"},
    {Stage::Kernels, "kernels"}, {Stage::Loops, "loops"},
    {Stage::Llvm, "llvm"},
};

StringRef stageName(Stage stage) {
  return names[static_cast<int>(stage)].second;
}

std::optional<Stage> parseStage(StringRef name) {
  for (auto [stage, known] : names)
    if (name == known)
      return stage;
  return std::nullopt;
}

void registerDialectsOf(Stage stage, DialectRegistry &registry) {
  registry.insert<dl::DlDialect, func::FuncDialect>();
  if (stage >= Stage::Loops)
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect,
                    index::IndexDialect, LLVM::LLVMDialect, math::MathDialect,
                    memref::MemRefDialect, scf::SCFDialect, ub::UBDialect,
                    vector::VectorDialect>();
}

void registerForPipeline(DialectRegistry &registry) {
  registerDialectsOf(Stage::Llvm, registry);
}

LogicalResult runPipeline(ModuleOp module, const Options &options, Stage last,
                          llvm::function_ref<LogicalResult(Stage)> afterStage) {
  for (auto [stage, name] : llvm::drop_begin(names)) {
    if (stage <= options.from || stage > last)
      continue;
    // One pass manager a stage: stages are self-contained, nothing but the
    // module goes from one to the next.
    PassManager pm(module.getContext());
    buildStage(stage, pm, options);
    if (failed(pm.run(module)) || failed(afterStage(stage)))
      return failure();
  }
  return success();
}

} // namespace dlc
