// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/NarrowIndices/NarrowIndices.h"
#include "mlir/Analysis/DataFlow/IntegerRangeAnalysis.h"
#include "mlir/Analysis/DataFlow/Utils.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "passes/Elements/Target.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_NARROWINDICES
#include "passes/NarrowIndices/NarrowIndices.h.inc"

namespace {
/// What is erased must not lend its range to what is created at its address.
class Forget : public RewriterBase::Listener {
public:
  explicit Forget(DataFlowSolver &solver) : solver(solver) {}
  void notifyOperationErased(Operation *op) override {
    solver.eraseState(solver.getProgramPointAfter(op));
    for (Value result : op->getResults())
      solver.eraseState(result);
  }

private:
  DataFlowSolver &solver;
};

/// Whether a shift is by a constant that 32 bits have room for. LLVM 22 narrows
/// others as well, and what was 0 is then unspecified (LLVM's issue 218191).
bool canNarrow(Operation *op) {
  APInt amount;
  return !isa<arith::ShLIOp, arith::ShRUIOp, arith::ShRSIOp>(op) ||
         (matchPattern(op->getOperand(1), m_ConstantInt(&amount)) && amount.ult(32));
}

struct NarrowIndices : impl::NarrowIndicesBase<NarrowIndices> {
  void runOnOperation() override {
    VariantOp variant = getOperation();
    if (!isGpu(variant.getTarget()))
      return;
    for (auto device : variant.getOps<gpu::GPUModuleOp>()) {
      DataFlowSolver solver;
      dataflow::loadBaselineAnalyses(solver);
      solver.load<dataflow::IntegerRangeAnalysis>();
      if (failed(solver.initializeAndRun(device)))
        return signalPassFailure();
      RewritePatternSet patterns(&getContext());
      arith::populateIntRangeNarrowingPatterns(patterns, solver, {32});
      Forget listener(solver);
      GreedyRewriteConfig config;
      config.setListener(&listener);
      config.setScope(&device.getBodyRegion());
      config.setStrictness(GreedyRewriteStrictness::ExistingAndNewOps);
      SmallVector<Operation *> ops;
      device.getBody()->walk([&](Operation *op) {
        if (canNarrow(op))
          ops.push_back(op);
      });
      if (failed(applyOpPatternsGreedily(ops, std::move(patterns), config)))
        return signalPassFailure();
    }
  }
};

} // namespace
} // namespace dlc
