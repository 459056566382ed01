// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `--profile`: each launch of an entry counts its time in the arena, where the
// owner of the context's memory finds it after the call. Nothing else changes:
// no clock is called, nothing is shared between contexts. Host code of a GPU's
// variant returns before its kernels run, and has no arena that it could write
// to: it says which launch begins and ends, and the runtime has the device's
// clock.
#ifndef DLC_PASSES_PLANMEMORY_PROFILE_H
#define DLC_PASSES_PLANMEMORY_PROFILE_H

#include "mlir/IR/Builders.h"
#include "passes/PlanMemory/Arena.h"

namespace dlc {

/// On the module: launches are timed.
constexpr llvm::StringLiteral profileAttribute = "dl.profile";

/// Records of four i64, one a launch as it stands in the code, in ticks of the
/// processor's time stamp counter: when the last run began and ended, the sum
/// of all runs and their number. A call counts from zero: other functions of the
/// context, and what prepares weights before the call, use the same memory. A
/// GPU's launches have the same numbers, and dlc_frame.mark is called instead.
class Profile {
public:
  /// Takes a slot of the arena that nothing shares, for the launches in `body`.
  /// `arena` null: they are a GPU's.
  Profile(Arena *arena, mlir::Block &body);
  /// Sets sums and numbers to zero, where the entry begins.
  void clear(mlir::OpBuilder &builder, mlir::Location location, mlir::Value frame);
  void begin(mlir::OpBuilder &builder, mlir::Location location, mlir::Value frame, unsigned launch);
  void end(mlir::OpBuilder &builder, mlir::Location location, mlir::Value frame, unsigned launch);

  int64_t count = 0;            // launches
  std::optional<unsigned> slot; // of the records

private:
  mlir::Value records(mlir::OpBuilder &builder, mlir::Location location, mlir::Value frame);
};

} // namespace dlc
#endif // DLC_PASSES_PLANMEMORY_PROFILE_H
