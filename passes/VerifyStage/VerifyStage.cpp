// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/VerifyStage/VerifyStage.h"
#include "dialects/dl/Dl.h"

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

/// What may not exist once a stage has ended.
struct Rule {
  StringLiteral stage;
  bool (*forbids)(Operation *);
};
} // namespace

static bool forbiddenAfterDl(Operation *op) {
  if (auto function = dyn_cast<func::FuncOp>(op))
    return function.isPrivate();
  return isa<func::CallOp, GradientOp, ReadOp, WriteOp, SeedOp, StepOp>(op);
}

static constexpr Rule rules[] = {{"dl", forbiddenAfterDl}};

void VerifyStage::runOnOperation() {
  const Rule *rule = llvm::find_if(rules, [&](const Rule &rule) { return rule.stage == stage; });
  if (rule == std::end(rules)) {
    getOperation().emitError() << "no stage '" << stage << "'";
    return signalPassFailure();
  }
  getOperation().walk([&](Operation *op) {
    if (!rule->forbids(op))
      return;
    op->emitOpError("may not exist after stage '") << stage << "'";
    signalPassFailure();
  });
}

} // namespace dlc
