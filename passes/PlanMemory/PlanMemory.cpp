// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/PlanMemory/PlanMemory.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "passes/PlanMemory/CallCode.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_PLANMEMORY
#include "passes/PlanMemory/PlanMemory.h.inc"

namespace {

struct PlanMemory : impl::PlanMemoryBase<PlanMemory> {
  void runOnOperation() override {
    VariantOp variant = getOperation();
    FailureOr<Interface> interface = Interface::of(variant->getParentOfType<ModuleOp>());
    if (failed(interface))
      return signalPassFailure();
    Remarks remarks(variant, "memory");
    for (auto function : llvm::make_early_inc_range(variant.getOps<func::FuncOp>())) {
      if (!function->hasAttr("dl.entry"))
        continue;
      Entry entry{function, variant, *interface};
      Placement placement(entry, remarks);
      if (failed(placement.run()) || failed(CallCode(entry, placement).write()))
        return signalPassFailure();
    }
  }
};

} // namespace
} // namespace dlc
