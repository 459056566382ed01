// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How the threads of a block share its tile of a product: which sums each has,
// and how it adds up a stage. Afterwards a thread has `rows` x `vectors` vectors
// of `lanes` neighbouring columns.
#ifndef DLC_PASSES_GENERATEGPU_THREADTILE_H
#define DLC_PASSES_GENERATEGPU_THREADTILE_H

#include "passes/Elements/Tiles.h"
#include "passes/GenerateGpu/Operand.h"

namespace dlc {

class ThreadTile {
public:
  using Values = llvm::SmallVector<mlir::Value>;
  virtual ~ThreadTile() = default;

  int64_t lanes, rows, vectors;
  int64_t blockN; // columns of the block's tile
  /// What lies in shared memory, and whether the right operand may lie by step, too.
  mlir::Type stored;
  bool keepsRightSteps = false;

  virtual Values zeros() = 0;
  /// Adds the products of a stage's steps.
  virtual void multiply(Operand &left, Operand &right, mlir::Value stage, Values &sums) = 0;
  /// The sums of all steps as vectors, row by row.
  virtual Values finished(Values sums) { return sums; }
  /// Places in the block's tile: of this thread's row `number`, and of the first column of a vector.
  virtual mlir::Value row(mlir::Value number) = 0;
  virtual mlir::Value column(mlir::Value vector) = 0;
};

/// One product and sum after another. `type`: of the elements.
std::unique_ptr<ThreadTile> makeFmaTile(DeviceKernel &kernel, mlir::Type type);
/// mma.sync m16n8k16 on 16-bit elements, m16n8k8 on f32 rounded to TF32, sums in f32: a warp has `rows` rows by
/// `vectors` x 8 columns of the schedule.
std::unique_ptr<ThreadTile> makeMmaTile(DeviceKernel &kernel, mlir::Type type);

} // namespace dlc
#endif // DLC_PASSES_GENERATEGPU_THREADTILE_H
