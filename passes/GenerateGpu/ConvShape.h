// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_GENERATEGPU_CONVSHAPE_H
#define DLC_PASSES_GENERATEGPU_CONVSHAPE_H

#include "passes/Elements/WindowAxis.h"
#include "passes/GenerateGpu/Generators.h"

namespace dlc {

/// What a convolution, or one of its gradients, is over channels-last images.
struct ConvShape {
  ConvShape(DeviceKernel &kernel, mlir::Operation *op)
      : kernel(kernel), emit(kernel.device), op(op), result(op->getResult(0)) {
    using namespace dl;
    forward = mlir::isa<ConvOp>(op);
    mlir::Value image = mlir::isa<ConvInputGradOp>(op) ? result : op->getOperand(0),
                small = forward ? result : op->getOperand(mlir::isa<ConvInputGradOp>(op) ? 0 : 1),
                filter = mlir::isa<ConvFilterGradOp>(op) ? result : op->getOperand(1);
    llvm::ArrayRef<DimExpr> x = emit.dims.of(image), y = emit.dims.of(small);
    w = DimVector(emit.dims.of(filter));
    rank = w.size();
    axes = windowAxes(op, x, w, y);
    samples = x.front();
    groups = op->getAttrOfType<mlir::IntegerAttr>("groups").getInt();
    in = w[rank - 2];
    out = w[rank - 1].floorDiv(DimExpr(groups));
    taps = axes[0].window * axes[1].window * axes[2].window;
    pixels = samples * axes[0].output * axes[1].output * axes[2].output;
  }
  dl::DimVector pixelDims() const { return {samples, axes[0].output, axes[1].output, axes[2].output}; }
  dl::DimVector tapDims(const dl::DimExpr &channels) const {
    return {axes[0].window, axes[1].window, axes[2].window, channels};
  }

  DeviceKernel &kernel;
  DeviceEmitter &emit;
  mlir::Operation *op;
  mlir::Value result;
  WindowAxes axes;
  dl::DimVector w;                            // the filter: window, channels of a group of x, all channels of y
  dl::DimExpr samples, in, out, taps, pixels; // in, out: channels of a group
  int64_t rank, groups;
  bool forward;
};

} // namespace dlc
#endif // DLC_PASSES_GENERATEGPU_CONVSHAPE_H
