// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/MakeVariants/MakeVariants.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_MAKEVARIANTS
#include "passes/MakeVariants/MakeVariants.h.inc"

namespace {
struct MakeVariants : impl::MakeVariantsBase<MakeVariants> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto targets = module->getAttrOfType<DictionaryAttr>("dl.targets");
    if (!targets || targets.empty()) {
      module.emitError("has no dl.targets: nothing to compile for");
      return signalPassFailure();
    }
    auto functions = llvm::to_vector(module.getOps<func::FuncOp>());
    OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
    for (NamedAttribute entry : targets) {
      auto target = dyn_cast<TargetAttr>(entry.getValue());
      if (!target) {
        module.emitError("dl.targets entry ") << entry.getName() << " is no #dl.target";
        return signalPassFailure();
      }
      auto variant = VariantOp::create(builder, module.getLoc(), entry.getName(), target);
      OpBuilder inside = OpBuilder::atBlockEnd(&variant.getBody().emplaceBlock());
      for (func::FuncOp function : functions)
        inside.clone(*function);
    }
    for (func::FuncOp function : functions)
      function.erase();
    module->removeAttr("dl.targets");
  }
};
} // namespace
} // namespace dlc
