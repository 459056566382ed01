// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where every value of an entry lies: in an argument, in state, in what `prepare`
// computed, or in the arena.
#ifndef DLC_PASSES_PLANMEMORY_PLACEMENT_H
#define DLC_PASSES_PLANMEMORY_PLACEMENT_H

#include "passes/EmitRemarks/Remarks.h"
#include "passes/PlanMemory/Arena.h"
#include "passes/PlanMemory/Entry.h"

namespace dlc {

/// Where a value lies: a space of the frame, a number within it (see dl.buffer).
struct Storage {
  dl::Space space = dl::Space::arena;
  int64_t number = 0;
  dl::ConstantOp constant = {};               // instead: elements known at compile time
  mlir::Value base = nullptr, byte = nullptr; // or: so many bytes into an i8 buffer (slices in loops)

  /// Whether both are the same place of the frame.
  bool isAt(const Storage &other) const { return !constant && !base && space == other.space && number == other.number; }
};

/// The plan of one entry. Kernels write straight into outputs and state where
/// that is safe; all else gets a slot of the arena.
class Placement {
public:
  Placement(Entry &entry, Remarks &remarks);
  /// Fails, and says so, if the entry reads state that the model does not have.
  mlir::LogicalResult run();

  /// Where result `index`, which is no state, belongs; counts the user's outputs in `output`.
  Storage outputStorage(unsigned index, unsigned &output) const;
  dl::DimExpr bytes(mlir::Value value) {
    return product(dl::DimVector(dims.of(value))) * dl::DimExpr(elementBytes(dl::elementTypeOf(value)));
  }

  Arena arena;
  dl::DimAnalysis dims;
  std::map<std::string, int64_t> dimNumbers, lows; // of named dimensions
  llvm::DenseMap<mlir::Value, Storage> storage;
  llvm::DenseMap<mlir::Value, mlir::Value> aliases;    // block arguments of loops -> whose bytes they are
  llvm::DenseMap<mlir::Operation *, unsigned> scratch; // slots of launches
  /// Slots for copies: by scan, a carry's number or carries + a sequence's.
  std::map<std::pair<mlir::Operation *, size_t>, unsigned> spare;
  llvm::DenseMap<unsigned, unsigned> stateCopies; // slots by result of the entry
  mlir::Operation *firstUpdate = nullptr;         // of state in place; the return if there is none
  unsigned userArguments = 0;
  bool faults = false, readsPrepared = false;

private:
  void number();
  unsigned stepOf(mlir::Operation *op) { return step.lookup(entry.body().findAncestorOpInBlock(*op)); }
  unsigned lastUse(mlir::Value value, unsigned from);
  mlir::LogicalResult placeArguments();
  void placeResults();
  bool placeUpdate(unsigned index, unsigned lastFault);
  void placeRest();
  void placeLaunch(dl::LaunchOp launch, unsigned at, bool inLoop);
  void placeScan(dl::ScanOp scan, unsigned at, bool inLoop);
  void sayCopied(mlir::FlatSymbolRefAttr state, mlir::Value value, mlir::StringRef why);
  void sayPlan();

  Entry &entry;
  Remarks &remarks;
  llvm::DenseMap<mlir::Operation *, unsigned> step;
};

} // namespace dlc
#endif // DLC_PASSES_PLANMEMORY_PLACEMENT_H
