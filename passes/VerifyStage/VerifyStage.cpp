// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/VerifyStage/VerifyStage.h"
#include "dialects/dl/Dl.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/Index/IR/IndexDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "passes/Elements/Target.h"
#include "passes/FormKernels/FormKernels.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_VERIFYSTAGE
#include "passes/VerifyStage/VerifyStage.h.inc"

namespace {
struct VerifyStage : impl::VerifyStageBase<VerifyStage> {
  using Base::Base;
  void runOnOperation() override;
};

/// What a stage promises. `complain` says what is wrong with one op, in words
/// that follow the op's name; empty: nothing is.
struct Rule {
  StringLiteral stage;
  StringRef (*complain)(Operation *);
};
} // namespace

static constexpr StringLiteral gone = "may not exist";

/// Generators divide by these.
static StringRef complainOfTarget(Attribute attribute) {
  auto target = dyn_cast<TargetAttr>(attribute);
  if (!target)
    return "has a target that is no #dl.target";
  if (int64_t bits = target.getVectorBits(); bits < 64 || bits > 4096 || !llvm::isPowerOf2_64(bits))
    return "has a target whose vector_bits are no power of two from 64 to 4096";
  if (target.getVectorRegisters() <= 0 || target.getL1() <= 0 || target.getL2() <= 0)
    return "has a target whose vector_registers, l1 or l2 is not positive";
  return "";
}
static StringRef complainOfVariant(Operation *op) {
  return isa<ModuleOp>(op->getParentOp()) ? complainOfTarget(cast<VariantOp>(op).getTargetAttr()) : StringRef(gone);
}

/// What holds a model together at every stage.
static bool isContainer(Operation *op) {
  Operation *parent = op->getParentOp();
  return parent ? isa<ParameterOp, SlotOp>(op) && isa<ModuleOp>(parent) : isa<ModuleOp>(op);
}
/// The same from stage kernels on, where weights that are constants are bytes.
static bool isLaterContainer(Operation *op) {
  if (isa<EmbeddedOp>(op))
    return true;
  bool constant = op->getParentOp() && op->getParentOp()->hasAttr("dl.constant_weights");
  return isContainer(op) && !constant;
}

//===-- dl: pure values, functions the user calls ------------------------===//

static StringRef complainAtDl(Operation *op) {
  if (isContainer(op) || isa<func::ReturnOp>(op)) {
    if (auto targets = op->getAttrOfType<DictionaryAttr>("dl.targets"))
      for (NamedAttribute target : targets)
        if (StringRef complaint = complainOfTarget(target.getValue()); !complaint.empty())
          return complaint;
    return "";
  }
  if (auto function = dyn_cast<func::FuncOp>(op))
    return function.isPrivate() ? StringRef(gone) : "";
  if (isa<GradientOp, ReadOp, WriteOp, SeedOp, StepOp>(op))
    return gone;
  if (isa<VariantOp, KernelOp, LaunchOp, EmbeddedOp, ParallelOp, BufferOp, FrameDimOp, FaultOp, FaultExitOp>(op))
    return gone; // later stages'
  return isa<DlDialect>(op->getDialect()) ? "" : StringRef(gone);
}

//===-- kernels: callers launch, kernels compute -------------------------===//

static StringRef complainOfKernel(KernelOp kernel) {
  if (!kernel.getScheduleAttr())
    return "has no schedule";
  int64_t roots = llvm::count_if(kernel.getBody().front(), [](Operation &op) { return partOf(&op) == Part::Root; });
  return roots > 1 ? "has more than one root" : "";
}

/// A composite is left to a kernel whose generator is named after it.
static StringRef complainInKernel(KernelOp kernel, Operation *op) {
  if (isa<CompositeOpInterface>(op))
    return kernel.getScheduleAttr() && kernel.getScheduleAttr().getGenerator() == op->getName().stripDialect()
               ? ""
               : StringRef(gone);
  return isa<YieldOp>(op) || partOf(op) != Part::Other ? "" : "may not stand in a kernel";
}

static StringRef complainAtKernels(Operation *op) {
  if (isLaterContainer(op))
    return "";
  if (isa<VariantOp>(op))
    return complainOfVariant(op);
  if (auto function = dyn_cast<func::FuncOp>(op))
    return !isa<VariantOp>(op->getParentOp()) ? "may not stand outside of a variant"
           : function.isPrivate()             ? StringRef(gone)
                                              : "";
  if (auto kernel = dyn_cast<KernelOp>(op))
    return isa<VariantOp>(op->getParentOp()) ? complainOfKernel(kernel) : "may not stand outside of a variant";
  if (auto kernel = op->getParentOfType<KernelOp>())
    return complainInKernel(kernel, op);
  if (isa<GradientOp, ReadOp, WriteOp, SeedOp, StepOp, func::CallOp>(op))
    return gone;
  return isa<LaunchOp, ReshapeOp, ConstantOp, ScanOp, YieldOp, func::ReturnOp>(op)
             ? ""
             : "may not stand outside of a kernel";
}

//===-- loops: code over buffers, memory planned -------------------------===//

static bool isTensor(Type type) { return isa<TensorType>(type); }

/// Whether an op is a GPU's, in a variant for one: its kernels' container, or
/// an instruction that CPUs have not.
static bool isOfGpu(Operation *op) {
  if (!isa<gpu::GPUModuleOp>(op) && !isa<NVVM::NVVMDialect>(op->getDialect()))
    return false;
  auto variant = op->getParentOfType<VariantOp>();
  return variant && isGpu(variant.getTarget());
}

static StringRef complainAtLoops(Operation *op) {
  if (isLaterContainer(op) || isOfGpu(op))
    return "";
  if (isa<VariantOp>(op))
    return complainOfVariant(op);
  if (auto function = dyn_cast<func::FuncOp>(op)) {
    if (!isa<VariantOp>(op->getParentOp()))
      return "may not stand outside of a variant";
    if (function->hasAttr("dl.entry"))
      return "has no memory plan";
    FunctionType type = function.getFunctionType();
    return llvm::any_of(type.getInputs(), isTensor) || llvm::any_of(type.getResults(), isTensor)
               ? "may not take or return tensors"
               : "";
  }
  if (llvm::any_of(op->getOperandTypes(), isTensor) || llvm::any_of(op->getResultTypes(), isTensor))
    return "may not compute with tensors";
  if (isa<ParallelOp, BufferOp, FrameDimOp, FaultOp, FaultExitOp, YieldOp>(op))
    return "";
  return isa<arith::ArithDialect, cf::ControlFlowDialect, func::FuncDialect, index::IndexDialect, LLVM::LLVMDialect,
             math::MathDialect, memref::MemRefDialect, scf::SCFDialect, ub::UBDialect, vector::VectorDialect>(
             op->getDialect())
             ? ""
             : StringRef(gone);
}

//===-- llvm: LLVM's dialect in variants ---------------------------------===//

static StringRef complainAtLlvm(Operation *op) {
  if (isLaterContainer(op) || isOfGpu(op))
    return "";
  if (isa<VariantOp>(op))
    return complainOfVariant(op);
  if (!isa<LLVM::LLVMDialect>(op->getDialect()))
    return gone;
  return op->getParentOfType<VariantOp>() ? "" : "may not stand outside of a variant";
}

static constexpr Rule rules[] = {
    {"dl", complainAtDl}, {"kernels", complainAtKernels}, {"loops", complainAtLoops}, {"llvm", complainAtLlvm}};

void VerifyStage::runOnOperation() {
  const Rule *rule = llvm::find_if(rules, [&](const Rule &rule) { return rule.stage == stage; });
  if (rule == std::end(rules)) {
    getOperation().emitError() << "no stage '" << stage << "'";
    return signalPassFailure();
  }
  // The first alone: a module of the stage before has hundreds.
  auto result = getOperation().walk<WalkOrder::PreOrder>([&](Operation *op) {
    // An op of no dialect cannot be asked for its own.
    StringRef complaint = op->getDialect() ? rule->complain(op) : StringRef(gone);
    if (complaint.empty())
      return WalkResult::advance();
    op->emitOpError(complaint) << " after stage '" << stage << "'";
    return WalkResult::interrupt();
  });
  if (result.wasInterrupted())
    signalPassFailure();
}

} // namespace dlc
