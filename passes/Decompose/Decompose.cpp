// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/Decompose/Decompose.h"
#include "dialects/dl/gradients/Reverse.h" // before the header: it names the dialect

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_DECOMPOSE
#include "passes/Decompose/Decompose.h.inc"

namespace {
struct Decompose : impl::DecomposeBase<Decompose> {
  using Base::Base;
  void runOnOperation() override;
};
} // namespace

void Decompose::runOnOperation() {
  SmallVector<Operation *> pending;
  auto collect = [&](Operation *op) {
    if (isa<CompositeOpInterface, StopGradientOp>(op) && !llvm::is_contained(keep, op->getName().stripDialect()))
      pending.push_back(op);
  };
  getOperation()->walk(collect);

  DimAnalysis dims; // sees ops until the end: none is erased before
  SmallVector<Operation *> replaced;
  while (!pending.empty()) {
    Operation *op = pending.pop_back_val();
    OpBuilder builder(op);
    DlBuilder b(builder, op->getLoc(), dims);
    Operation *before = op->getPrevNode();
    SmallVector<Value> results;
    if (auto composite = dyn_cast<CompositeOpInterface>(op))
      results = composite.decompose(b);
    else
      results.push_back(op->getOperand(0)); // no gradient is left to stop
    for (auto [result, value] : llvm::zip(op->getResults(), results))
      result.replaceAllUsesWith(retype(b, value, result.getType()));
    for (Operation *part = before ? before->getNextNode() : &op->getBlock()->front(); part != op;
         part = part->getNextNode())
      collect(part);
    replaced.push_back(op);
  }
  for (Operation *op : llvm::reverse(replaced))
    op->erase();
  if (dims.failed())
    signalPassFailure();
}

} // namespace dlc
