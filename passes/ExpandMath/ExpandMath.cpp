// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/ExpandMath/ExpandMath.h"

using namespace mlir;

namespace dlc {
#define GEN_PASS_DEF_EXPANDMATH
#include "passes/ExpandMath/ExpandMath.h.inc"

namespace {
struct ExpandMath : impl::ExpandMathBase<ExpandMath> {
  using Base::Base;
  void runOnOperation() override {
    // math.fma on scalars is the only operation both forms share.
    if (fma)
      return;
    getOperation()->walk([](math::FmaOp op) {
      OpBuilder b(op);
      Value product =
          arith::MulFOp::create(b, op.getLoc(), op.getA(), op.getB());
      op.replaceAllUsesWith(
          Value(arith::AddFOp::create(b, op.getLoc(), product, op.getC())));
      op.erase();
    });
  }
};
} // namespace
} // namespace dlc
