// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The code of an entry: launches of kernels on buffers of the frame, loops, and
// copies of what no kernel writes where it belongs.
#ifndef DLC_PASSES_PLANMEMORY_CALLCODE_H
#define DLC_PASSES_PLANMEMORY_CALLCODE_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "passes/PlanMemory/Placement.h"
#include "passes/PlanMemory/Profile.h"

namespace dlc {

class CallCode {
public:
  CallCode(Entry &entry, Placement &placement);
  /// Replaces the entry by its code and the function that plans its arena.
  /// Fails, and says so, if an op is no launch or a dimension is not told.
  mlir::LogicalResult write();

private:
  mlir::Value index(int64_t value);
  mlir::Value extent(const dl::DimExpr &dim) { return emitExtent(builder, location, dim, names); }
  /// `count` elements (`element`s) of a place of the frame.
  mlir::Value frameBuffer(mlir::Type element, dl::Space space, int64_t number, mlir::Value count);
  mlir::Value sliceOf(mlir::Value base, mlir::Value byte, mlir::Type element, mlir::Value count);
  mlir::Value elementCount(mlir::Value value) { return extent(product(dl::DimVector(placement.dims.of(value)))); }
  mlir::FailureOr<mlir::Value> buffer(mlir::Value value, bool raw = false);
  mlir::Value constantBuffer(dl::ConstantOp constant);
  mlir::FailureOr<mlir::Value> copyToSpare(mlir::Value from, unsigned slot);
  mlir::LogicalResult copy(mlir::Value from, mlir::Value to);
  mlir::LogicalResult copyTo(mlir::Value from, mlir::Value memory);

  mlir::LogicalResult writeOp(mlir::Operation *op);
  mlir::LogicalResult writeLaunch(dl::LaunchOp launch);
  mlir::LogicalResult writeScan(dl::ScanOp scan);
  mlir::FailureOr<mlir::Value> sequenceBytes(dl::ScanOp scan, size_t number);
  mlir::LogicalResult stack(dl::ScanOp scan, mlir::Value at, mlir::ArrayRef<mlir::Value> stacked);
  mlir::LogicalResult carryOver(dl::ScanOp scan);
  mlir::LogicalResult copyOut();
  void describe(mlir::func::FuncOp code);

  Entry &entry;
  Placement &placement;
  mlir::OpBuilder builder;
  mlir::Location location;
  std::map<std::string, mlir::Value> names; // values of named dimensions
  mlir::Value frame;
  unsigned constants = 0;
  mlir::SmallVector<mlir::Attribute> launches; // as code has them, for reports
  dl::DimExpr trips = 1;                       // of the loops around
  std::optional<Profile> profile;
};

} // namespace dlc
#endif // DLC_PASSES_PLANMEMORY_CALLCODE_H
