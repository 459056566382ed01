// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Transposes that give a kernel another innermost axis than what it reads: with
// neighbours of the result side by side, those of the operand lie far apart.
#ifndef DLC_PASSES_ELEMENTS_TURNED_H
#define DLC_PASSES_ELEMENTS_TURNED_H

#include "passes/Elements/NestPlan.h"

namespace dlc {

struct Turned {
  int64_t axis = -1; // of the domain: innermost in what is transposed; -1: there is none
  llvm::SmallVector<dl::TransposeOp, 2> ops;
  explicit operator bool() const { return axis >= 0; }
};

/// The transposes of a kernel without reductions whose results have the whole domain, and both of whose innermost axes
/// are long enough, or unknown, for tiles; all have the axis of the first.
Turned turnedIn(dl::KernelOp kernel, const NestPlan &plan);

/// Bytes of a tile of values as they are computed with, whose rows have one element of padding.
inline int64_t bytesOfTile(mlir::Type type, int64_t side) {
  int64_t bits = type.isF16() || type.isBF16() ? 32 : std::max<int64_t>(8, type.getIntOrFloatBitWidth());
  return side * (side + 1) * bits / 8;
}

} // namespace dlc
#endif // DLC_PASSES_ELEMENTS_TURNED_H
