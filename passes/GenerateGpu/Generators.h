// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One generator for each kind of kernel. Each fills in the body of a function
// whose arguments are set up, and says how many blocks run it.
#ifndef DLC_PASSES_GENERATEGPU_GENERATORS_H
#define DLC_PASSES_GENERATEGPU_GENERATORS_H

#include "passes/Elements/KernelCode.h"
#include "passes/GenerateGpu/Device.h"

namespace dlc {

struct DeviceKernel : KernelCode {
  DeviceKernel(dl::KernelOp op, dl::ScheduleAttr schedule, DeviceEmitter &device)
      : KernelCode(op, schedule, device), device(device) {}
  DeviceEmitter &device;
  dl::DimExpr grid; // blocks, set by the generator
  /// A kernel may be several launches, one after the other: the generator says how
  /// many and is called for each, with a function, an emitter and a state of its own.
  int64_t step = 0, steps = 1;
  /// Memory of all steps, each of which must ask for the same, in the same order.
  Buffer scratchFor(mlir::Type elementType, llvm::ArrayRef<dl::DimExpr> dims);
  dl::DimExpr scratchBytes = 0;
  std::function<mlir::Value()> scratch; // a pointer
  /// Blocks of which a processor's registers shall hold as many, for ptxas to use them all: left to itself it spills
  /// a word or two to fit one block more. 0: it needs no such word.
  int64_t residentBlocks = 0;
  /// For reports: multiply-adds that a processor makes in a cycle at most, where they are not f32's, one after another.
  int64_t productsPerCycle = 0;

  int64_t threads() const { return schedule.getGrain(); }
  /// Of sums that are cut into parts, `phases` times one after the other: this step makes the parts' sums of phase
  /// `step`, or adds up the last and computes what follows.
  bool makesParts(int64_t phases = 1) const { return schedule.getParts() > 1 && step < phases; }
  bool addsParts(int64_t phases = 1) const { return schedule.getParts() > 1 && step >= phases; }
};

/// Pointwise ops and movement: a vector of the innermost axis for each thread.
mlir::LogicalResult generateMap(DeviceKernel &kernel);
/// The same through a tile in shared memory, where a transpose makes another axis the innermost.
void generateTurnedMap(DeviceKernel &kernel);
/// Reductions over one set of axes and what is computed from them.
mlir::LogicalResult generateReduction(DeviceKernel &kernel);
/// A contraction and its epilogue.
mlir::LogicalResult generateDeviceContract(DeviceKernel &kernel);
/// A convolution, or one of its gradients, and its epilogue.
mlir::LogicalResult generateDeviceConvolution(DeviceKernel &kernel, mlir::Operation *root);
/// The same where groups have few channels, for schedules without a tile: a convolution or the gradient towards its
/// input, and the gradient towards its filter.
mlir::LogicalResult generateGroupedConvolution(DeviceKernel &kernel, mlir::Operation *root);
mlir::LogicalResult generateGroupedFilterGradient(DeviceKernel &kernel, mlir::Operation *root);
/// A pooling, or the gradient of one, and its epilogue.
mlir::LogicalResult generateDevicePooling(DeviceKernel &kernel, mlir::Operation *root);
mlir::LogicalResult generateDeviceScatter(DeviceKernel &kernel, mlir::Operation *root);
mlir::LogicalResult generateDeviceCumsum(DeviceKernel &kernel, mlir::Operation *root);

} // namespace dlc
#endif // DLC_PASSES_GENERATEGPU_GENERATORS_H
