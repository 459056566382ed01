// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One operand of a contraction on its way through shared memory, in tiles of
// `depth` steps by `extent` places.
#ifndef DLC_PASSES_GENERATEGPU_OPERAND_H
#define DLC_PASSES_GENERATEGPU_OPERAND_H

#include "passes/GenerateGpu/Generators.h"

namespace dlc {

/// A place, and whether there is an element (null: there is).
struct Spot {
  Place place;
  mlir::Value inside;
};

/// A tensor seen as a matrix of steps (what is summed over) by places: a
/// contraction's operand, or the windows of a convolution's image.
struct Matrix {
  mlir::Value value;
  dl::DimVector dims;        // its extents, or others with the same elements in the same order
  mlir::Value steps, places; // what lies beyond is 0
  bool byStep = false;       // neighbouring steps lie side by side in memory; else neighbouring places
  int64_t run = 1;           // so many neighbours do, and exist together, from each multiple of as many on
  std::function<Spot(mlir::Value step, mlir::Value place)> at;
  /// A place of `dims` as one of `value`.
  Place placeOf(DeviceEmitter &emit, const Place &place) const;
};
/// The largest power of two up to a whole access of bytes that divides an extent.
int64_t runOf(const dl::DimExpr &dim);
/// Columns that prepare has packed into panels.
Matrix packedMatrix(DeviceEmitter &emit, dl::UnpackOp unpack);

/// Whether tiles of `type` (see Operand) are filled by copies that nobody waits for; else elements pass through
/// registers.
bool copiesAsync(DeviceKernel &kernel, const Matrix &matrix, mlir::Type type, bool keepsSteps);

class Operand {
public:
  /// `first`: the block's first place; `type`: of elements in shared memory.
  /// `placePadding`: bytes behind each row of a tile that lies by place.
  /// `keepsSteps`: whether tiles lie by step where the tensor does; they lie by
  /// place otherwise, turned element by element.
  Operand(DeviceKernel &kernel, Elements &elements, const Matrix &matrix, mlir::Value first, mlir::Type type,
          int64_t depth, int64_t extent, int64_t stages, int64_t placePadding, bool keepsSteps);

  /// Fills stage `stage` with the steps from `step` on; zeros beyond the tensor.
  /// What was asked for last is there after awaitCopies and a barrier.
  void fetch(mlir::Value stage, mlir::Value step);
  /// `count` neighbouring elements: steps from `step` on of one place if `byStep`, else places of one step.
  mlir::Value read(mlir::Value stage, mlir::Value step, mlir::Value place, int64_t count);
  /// Where an element lies in shared memory.
  mlir::Value tileAt(mlir::Value stage, mlir::Value step, mlir::Value place);
  Buffer tiles;
  /// How tiles lie.
  bool byStep = false;

private:
  mlir::Value element(const Spot &spot);
  void store(mlir::Value to, const Spot &spot);

  DeviceKernel &kernel;
  DeviceEmitter &emit;
  Elements &elements;
  Matrix matrix;
  mlir::Value first;
  int64_t depth, extent;
  int64_t stride; // elements between steps, or places, in shared memory
  int64_t count;  // of one tile
  int64_t wide;   // elements of one copy
  Buffer source;  // of elements as they lie in shared memory; null: computed, or converted
  bool isAsync;
};

} // namespace dlc
#endif // DLC_PASSES_GENERATEGPU_OPERAND_H
