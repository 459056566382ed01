// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/Pipeline.h"
#include "dialects/dl/Dl.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/ConvertToLLVM/ToLLVMPass.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/IndexToLLVM/IndexToLLVM.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVM.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVMPass.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/Index/IR/IndexDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Transforms/Passes.h"
#include "passes/AddInitialise/AddInitialise.h"
#include "passes/AddSelfTests/AddSelfTests.h"
#include "passes/AssignLayouts/AssignLayouts.h"
#include "passes/Decompose/Decompose.h"
#include "passes/DescribeInterface/DescribeInterface.h"
#include "passes/DescribeKernels/DescribeKernels.h"
#include "passes/Differentiate/Differentiate.h"
#include "passes/EmitRemarks/EmitRemarks.h"
#include "passes/EvaluatePrepare/EvaluatePrepare.h"
#include "passes/ExpandMath/ExpandMath.h"
#include "passes/ExplainFolding/ExplainFolding.h"
#include "passes/FormKernels/FormKernels.h"
#include "passes/GenerateCpu/GenerateCpu.h"
#include "passes/GenerateGpu/GenerateGpu.h"
#include "passes/InlineCalls/InlineCalls.h"
#include "passes/LowerFrame/LowerFrame.h"
#include "passes/MakeVariants/MakeVariants.h"
#include "passes/NarrowIndices/NarrowIndices.h"
#include "passes/NormaliseOps/NormaliseOps.h"
#include "passes/PlanMemory/PlanMemory.h"
#include "passes/RequireExtents/RequireExtents.h"
#include "passes/SplitPrepare/SplitPrepare.h"
#include "passes/ThreadState/ThreadState.h"
#include "passes/TileKernels/TileKernels.h"
#include "passes/VerifyStage/VerifyStage.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace dlc {

/// Canonical forms and shared subexpressions, named once.
static void simplify(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

/// What ends every stage.
static void close(OpPassManager &pm, Stage stage) {
  pm.addPass(createEmitRemarks()); // from one place: passes before may have run side by side
  pm.addPass(createVerifyStage({stageName(stage).str()}));
}

/// dl: graph algebra on pure values
static void buildDl(OpPassManager &pm, const Options &options) {
  pm.addPass(createInlineCalls()); // first: dimensions have one scope, arguments their uses in sight
  DescribeInterfaceOptions describe;
  describe.dims.assign(options.dims.begin(), options.dims.end());
  pm.addPass(createDescribeInterface(describe));         // while entries are the user's
  pm.addPass(createRequireExtents());                    // in the user's terms, before anything is simplified away
  pm.addPass(createThreadState());                       // everything after may reorder freely
  pm.addPass(createAddInitialise());                     // in the form ThreadState leaves
  pm.addNestedPass<func::FuncOp>(createDifferentiate()); // while composites still know their gradients
  pm.addPass(createRequireExtents());                    // again: of what gradients are made of
  simplify(pm);
  if (options.selfTest) {
    AddSelfTestsOptions tests;
    tests.budget = options.selfTestBudget;
    pm.addPass(createAddSelfTests(tests)); // what is expected is the same for all variants
  }
  close(pm, Stage::Dl);
}

/// kernels: what is computed together, for each target
static void buildKernels(OpPassManager &pm, const Options &options) {
  pm.addPass(createMakeVariants()); // nothing before depends on a machine, everything after may
  OpPassManager &alone = pm.nest<dl::VariantOp>();
  alone.addPass(createDecompose());     // composites have served: gradients exist
  simplify(alone);                      // forward and backward share what they both decomposed
  alone.addPass(createAssignLayouts()); // before: it makes contractions of some convolutions
  simplify(alone);
  alone.addPass(createNormaliseOps()); // what generators take, in sight of fusion
  simplify(alone);
  alone.addPass(createExplainFolding()); // of what is left, while ops still stand in functions
  alone.addPass(createFormKernels());
  alone.addPass(createSplitPrepare()); // launches are what is moved
  pm.addPass(createEvaluatePrepare()); // variants share what it leaves, and it leaves less to tile
  OpPassManager &variant = pm.nest<dl::VariantOp>();
  variant.addPass(createTileKernels());     // after fusion: a schedule is a kernel's
  variant.addPass(createDescribeKernels()); // last: of kernels as they will be, while bodies can be read
  close(pm, Stage::Kernels);
}

/// loops: kernels as loops over vectors, memory planned
static void buildLoops(OpPassManager &pm, const Options &options) {
  OpPassManager &variant = pm.nest<dl::VariantOp>();
  variant.addPass(createGenerateCpu());
  variant.addPass(createGenerateGpu()); // a variant is one or the other's
  variant.addPass(createPlanMemory());  // after: generators say how much scratch they need
  simplify(variant);
  close(pm, Stage::Loops);
}

/// llvm: nothing left but LLVM's own dialect
static void buildLlvm(OpPassManager &pm, const Options &options) {
  OpPassManager &variant = pm.nest<dl::VariantOp>();
  variant.addPass(createExpandMath());    // while loops are loops: constants move out of them
  variant.addPass(createNarrowIndices()); // before constants and bounds have moved away from what they bound
  variant.addPass(createLoopInvariantCodeMotionPass());
  variant.addPass(createLowerFrame());
  simplify(variant);
  variant.addPass(createConvertVectorToLLVMPass()); // before scf: it lowers step by step
  variant.addPass(createSCFToControlFlowPass());
  variant.addPass(createConvertToLLVMPass());
  variant.addPass(createReconcileUnrealizedCastsPass()); // LLVM tidies up from here
  close(pm, Stage::Llvm);
}

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
    {Stage::Source, "source"}, {Stage::Dl, "dl"},     {Stage::Kernels, "kernels"},
    {Stage::Loops, "loops"},   {Stage::Llvm, "llvm"},
};

StringRef stageName(Stage stage) { return names[static_cast<int>(stage)].second; }

std::optional<Stage> parseStage(StringRef name) {
  for (auto [stage, known] : names)
    if (name == known)
      return stage;
  return std::nullopt;
}

void registerDialectsOf(Stage stage, DialectRegistry &registry) {
  registry.insert<dl::DlDialect, func::FuncDialect>();
  if (stage >= Stage::Loops)
    registry.insert<arith::ArithDialect, cf::ControlFlowDialect, gpu::GPUDialect, index::IndexDialect,
                    LLVM::LLVMDialect, math::MathDialect, memref::MemRefDialect, NVVM::NVVMDialect, scf::SCFDialect,
                    ub::UBDialect, vector::VectorDialect>();
}

void registerForPipeline(DialectRegistry &registry) {
  registerDialectsOf(Stage::Llvm, registry);
  // convert-to-llvm asks each dialect how.
  arith::registerConvertArithToLLVMInterface(registry);
  cf::registerConvertControlFlowToLLVMInterface(registry);
  registerConvertFuncToLLVMInterface(registry);
  index::registerConvertIndexToLLVMInterface(registry);
  registerConvertMathToLLVMInterface(registry);
  registerConvertMemRefToLLVMInterface(registry);
  ub::registerConvertUBToLLVMInterface(registry);
  vector::registerConvertVectorToLLVMInterface(registry);
}

/// A stage's file may have been edited since: what the stage promised is
/// checked before anything relies on it.
static LogicalResult verifyStart(ModuleOp module, Stage from) {
  if (from == Stage::Source)
    return success();
  PassManager pm(module.getContext());
  pm.addPass(createVerifyStage({stageName(from).str()}));
  return pm.run(module);
}

LogicalResult runPipeline(ModuleOp module, const Options &options, Stage last,
                          llvm::function_ref<LogicalResult(Stage)> afterStage) {
  if (failed(verifyStart(module, options.from)))
    return failure();
  for (auto [stage, name] : llvm::drop_begin(names)) {
    if (stage <= options.from || stage > last)
      continue;
    // One pass manager a stage: stages are self-contained, nothing but the
    // module goes from one to the next.
    PassManager pm(module.getContext());
    if (!options.mlirOptions.empty()) {
      if (failed(applyPassManagerCLOptions(pm)))
        return failure();
      applyDefaultTimingPassManagerCLOptions(pm); // a table for each stage
    }
    buildStage(stage, pm, options);
    // Once a stage, not after each pass: verifying took a sixth of a compilation.
    pm.enableVerifier(false);
    if (failed(pm.run(module)) || failed(verify(module)) || failed(afterStage(stage)))
      return failure();
  }
  return success();
}

} // namespace dlc
