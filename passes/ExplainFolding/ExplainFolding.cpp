// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/ExplainFolding/ExplainFolding.h"
#include "dialects/dl/Fold.h"
#include "mlir/IR/Matchers.h"
#include "passes/EmitRemarks/Remarks.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_EXPLAINFOLDING
#include "passes/ExplainFolding/ExplainFolding.h.inc"

namespace {
struct ExplainFolding : impl::ExplainFoldingBase<ExplainFolding> {
  void runOnOperation() override {
    markAllAnalysesPreserved();
    Remarks remarks(getOperation(), "folding");
    if (!remarks.wanted())
      return;
    int64_t limit = foldLimitOf(getOperation());
    getOperation().walk([&](func::FuncOp function) {
      function.walk([&](Operation *op) {
        std::optional<int64_t> bytes = bytesToFold(op);
        bool constant =
            llvm::all_of(op->getOperands(), [](Value operand) { return matchPattern(operand, m_Constant()); });
        if (bytes && constant && *bytes > limit)
          remarks.missed("NotFolded", op->getLoc(), function.getName())
              .say(op->getName().getStringRef() + " of constants is kept: one has " + Twine(*bytes) +
                   " bytes, --fold-limit is " + Twine(limit))
              .with("Bytes", *bytes);
      });
    });
  }
};
} // namespace
} // namespace dlc
