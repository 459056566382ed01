// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef DLC_PASSES_TILEKERNELS_SCHEDULE_H
#define DLC_PASSES_TILEKERNELS_SCHEDULE_H

#include "dialects/dl/Dl.h"

namespace dlc {

/// Fields of a schedule by name, with the values of a kernel nobody tunes.
struct Schedule {
  llvm::StringRef generator = "nest";
  int64_t lanes = 1, rows = 1, vectors = 1, unroll = 1, blockM = 0, blockK = 0;
  llvm::StringRef pack = "direct";
  int64_t grain = 1, prefetch = 0;
  bool stageRows = false;
  int64_t parts = 1;
  std::vector<std::string> reasons; // of the cost model, for people
  /// Notes why a field is what it is.
  void because(const llvm::Twine &reason) { reasons.push_back(reason.str()); }
  dl::ScheduleAttr get(mlir::MLIRContext *context) const {
    return dl::ScheduleAttr::get(context, generator, lanes, rows, vectors, unroll, blockM, blockK, pack, grain,
                                 prefetch, stageRows, parts);
  }
};

/// Bits of an element as it is computed with.
inline int64_t bitsOf(mlir::Type type) { return type.isF16() || type.isBF16() ? 32 : type.getIntOrFloatBitWidth(); }
/// The value of a constant extent, 1 at least.
inline int64_t constantOr(const dl::DimExpr &dim, int64_t otherwise) {
  return dim.isConstant() ? std::max<int64_t>(1, dim.constant()) : otherwise;
}

/// The schedule of a kernel for a GPU; `root` may be null.
Schedule gpuSchedule(dl::KernelOp kernel, mlir::Operation *root, dl::TargetAttr target);

} // namespace dlc
#endif // DLC_PASSES_TILEKERNELS_SCHEDULE_H
