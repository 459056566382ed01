// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A GPU's matrix products: what schedules and the generator both know of tiles
// in shared memory.
#ifndef DLC_PASSES_ELEMENTS_TILES_H
#define DLC_PASSES_ELEMENTS_TILES_H

#include "passes/Elements/Target.h"

namespace dlc {

/// Whether a product of such elements is one of matrix instructions.
inline bool usesMatrixUnits(mlir::Type elementType, dl::TargetAttr target) {
  return elementType.isBF16() || elementType.isF16() || (elementType.isF32() && allowsTf32(target));
}

/// Bytes behind a row of shared memory that holds one place's steps, so that no read meets a bank twice.
inline int64_t stepPadding(dl::TargetAttr target) { return target.getVectorBits() / 8; }
/// The same of a row that holds one step's places. Words of TF32 are read one by one, thread 4 g + t that of step t
/// and place g: from banks 8 t + g.
inline int64_t placePadding(mlir::Type elementType, dl::TargetAttr target) {
  return (usesMatrixUnits(elementType, target) && elementType.isF32() ? 2 : 1) * stepPadding(target);
}

/// Bytes of one stage of an operand with `places` rows or columns, `depth` steps: as it lies by step or by place,
/// whichever are more.
inline int64_t stageBytes(int64_t places, int64_t depth, mlir::Type elementType, dl::TargetAttr target) {
  int64_t bytes = elementType.getIntOrFloatBitWidth() / 8;
  return std::max(places * (depth * bytes + stepPadding(target)),
                  depth * (places * bytes + placePadding(elementType, target)));
}

} // namespace dlc
#endif // DLC_PASSES_ELEMENTS_TILES_H
