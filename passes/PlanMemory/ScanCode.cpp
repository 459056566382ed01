// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The loop of a `dl.scan`: carries live in its results, sequences are sliced
// where they lie, stacked values are copied to their row.
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "passes/PlanMemory/CallCode.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {

LogicalResult CallCode::writeScan(ScanOp scan) {
  Block &body = scan.getBody().front();
  size_t carries = scan.getInits().size();
  for (size_t i = 0; i < carries; ++i) {
    if (failed(copy(scan.getInits()[i], scan.getResult(i))))
      return failure();
    placement.aliases[body.getArgument(i)] = scan.getResult(i);
  }
  Value length = extent(*DimExpr::fromAttr(scan.getLength()));
  SmallVector<Value> sequences, stacked;
  for (size_t i = 0; i < scan.getSequences().size(); ++i) {
    FailureOr<Value> raw = sequenceBytes(scan, i);
    if (failed(raw))
      return failure();
    sequences.push_back(*raw);
  }
  for (Value value : scan.getResults().drop_front(carries)) {
    FailureOr<Value> raw = buffer(value, /*raw=*/true);
    if (failed(raw))
      return failure();
    stacked.push_back(*raw);
  }
  auto loop = scf::ForOp::create(builder, location, index(0), length, index(1));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(loop.getBody()->getTerminator());
  Value at = loop.getInductionVar();
  if (scan.getReverse())
    at = builder.createOrFold<arith::SubIOp>(location, builder.createOrFold<arith::SubIOp>(location, length, index(1)),
                                             at);
  for (auto [i, sequence] : llvm::enumerate(sequences)) {
    Value slice = body.getArgument(carries + i);
    Value byte = builder.createOrFold<arith::MulIOp>(location, at, extent(placement.bytes(slice)));
    placement.storage[slice] = {Space::arena, 0, {}, sequence, byte};
  }
  DimExpr outside = trips;
  trips = trips * *DimExpr::fromAttr(scan.getLength());
  for (Operation &op : body)
    if (failed(writeOp(&op)))
      return failure();
  trips = outside;
  location = scan.getLoc();
  // Stacked values first: a carry's present value may be one of them.
  return success(succeeded(stack(scan, at, stacked)) && succeeded(carryOver(scan)));
}

/// The bytes of a sequence. A constant has none in the frame, and is copied there.
FailureOr<Value> CallCode::sequenceBytes(ScanOp scan, size_t number) {
  Value sequence = scan.getSequences()[number];
  auto slot = placement.spare.find({scan, scan.getInits().size() + number});
  if (slot == placement.spare.end())
    return buffer(sequence, /*raw=*/true);
  if (failed(copyToSpare(sequence, slot->second)))
    return failure();
  return frameBuffer(builder.getI8Type(), Space::arena, slot->second, extent(placement.bytes(sequence)));
}

/// Copies what step `at` yields for stacking into its row.
LogicalResult CallCode::stack(ScanOp scan, Value at, ArrayRef<Value> stacked) {
  auto yielded = scan.getBody().front().getTerminator()->getOperands().drop_front(scan.getInits().size());
  for (auto [value, rows] : llvm::zip(yielded, stacked)) {
    FailureOr<Value> source = buffer(value);
    if (failed(source))
      return failure();
    Value byte = builder.createOrFold<arith::MulIOp>(location, at, extent(placement.bytes(value)));
    Value row = sliceOf(rows, byte, cast<MemRefType>(source->getType()).getElementType(), elementCount(value));
    memref::CopyOp::create(builder, location, *source, row);
  }
  return success();
}

/// Gives carries their next values. Those that take another's go through memory
/// of their own, because the other may be overwritten first.
LogicalResult CallCode::carryOver(ScanOp scan) {
  Block &body = scan.getBody().front();
  size_t carries = scan.getInits().size();
  auto next = body.getTerminator()->getOperands().take_front(carries);
  SmallVector<Value> saved(carries);
  for (size_t i = 0; i < carries; ++i) {
    if (!takesOther(scan, i))
      continue;
    FailureOr<Value> copied = copyToSpare(next[i], placement.spare.at({scan, i}));
    if (failed(copied))
      return failure();
    saved[i] = *copied;
  }
  for (size_t i = 0; i < carries; ++i)
    if (!saved[i] && bytesOf(next[i]) != body.getArgument(i) && failed(copy(next[i], scan.getResult(i))))
      return failure();
  for (size_t i = 0; i < carries; ++i) {
    if (!saved[i])
      continue;
    FailureOr<Value> target = buffer(scan.getResult(i));
    if (failed(target))
      return failure();
    memref::CopyOp::create(builder, location, saved[i], *target);
  }
  return success();
}

} // namespace dlc
