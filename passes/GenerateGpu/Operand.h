// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One operand of a contraction on its way through shared memory: tiles of
// `depth` steps of the contracting axis by `extent` places of the free one, the
// latter side by side, whatever way the operand lies in global memory.
#ifndef DLC_PASSES_GENERATEGPU_OPERAND_H
#define DLC_PASSES_GENERATEGPU_OPERAND_H

#include "passes/GenerateGpu/Generators.h"

namespace dlc {

class Operand {
public:
  /// `axes`: batch (or -1), contracting and free axis of `value`.
  struct Axes {
    int64_t batch, contract, free;
  };
  Operand(DeviceKernel &kernel, Elements &elements, mlir::Value value, Axes axes, int64_t depth, int64_t extent,
          int64_t stages);

  /// Fills stage `stage` with the tile from step `k` and place `first` on; zeros
  /// beyond the tensor. What was asked for last is there after awaitCopies and a barrier.
  void fetch(mlir::Value stage, mlir::Value batch, mlir::Value k, mlir::Value first);
  /// `lanes` neighbours at place `at` of step `k` of a stage.
  mlir::Value read(mlir::Value stage, mlir::Value k, mlir::Value at, int64_t lanes);

private:
  mlir::Value sourceAt(mlir::Value batch, mlir::Value k, mlir::Value place);
  void store(mlir::Value to, mlir::Value batch, mlir::Value k, mlir::Value place, mlir::Value inside);

  DeviceKernel &kernel;
  DeviceEmitter &emit;
  Elements &elements;
  mlir::Value value;
  Axes axes;
  int64_t depth, extent;
  int64_t stride;    // elements between steps in shared memory
  int64_t panel = 0; // columns of a packed panel; 0: not packed
  dl::DimExpr steps, places;
  Buffer source; // null: computed
  Buffer tiles;
};

} // namespace dlc
#endif // DLC_PASSES_GENERATEGPU_OPERAND_H
