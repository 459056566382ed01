// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One entry of a variant as the planning of memory sees it: a function of
// launches and loops whose arguments and results are the user's, state, or what
// `prepare` computed.
#ifndef DLC_PASSES_PLANMEMORY_ENTRY_H
#define DLC_PASSES_PLANMEMORY_ENTRY_H

#include "passes/DescribeInterface/Interface.h"
#include "passes/PlanMemory/PlanMemory.h"

namespace dlc {

/// Of the same bytes, the value that computes them: reshapes are other shapes of them.
mlir::Value bytesOf(mlir::Value value);
/// Everything that reads the bytes of `value`, through reshapes.
void forReaders(mlir::Value value, llvm::function_ref<void(mlir::OpOperand &)> visit);
/// Whether the next value of carry `i` is the present one of another carry.
bool takesOther(dl::ScanOp scan, size_t i);

struct Entry {
  mlir::func::FuncOp function;
  dl::VariantOp variant;
  const Interface &interface;

  mlir::Block &body() { return function.getBody().front(); }
  mlir::func::ReturnOp returnOp() { return mlir::cast<mlir::func::ReturnOp>(body().getTerminator()); }
  mlir::func::FuncOp kernelOf(dl::LaunchOp launch) {
    return variant.lookupSymbol<mlir::func::FuncOp>(launch.getKernel());
  }
  /// Whether a launch of it can report a data error.
  bool canFault(dl::LaunchOp launch);
  /// The state of which result `index` is the next value; null if it is none.
  mlir::FlatSymbolRefAttr resultState(unsigned index) {
    return function.getResultAttrOfType<mlir::FlatSymbolRefAttr>(index, "dl.state");
  }
  /// The argument that holds the present value of `state`; null if none does.
  mlir::BlockArgument argumentOf(mlir::FlatSymbolRefAttr state);
  /// Where `symbol` begins in the block of state, in bytes.
  mlir::FailureOr<int64_t> stateOffset(mlir::StringRef symbol) const;
  /// Whether `value`'s bytes are returned exactly once.
  bool isReturnedOnce(mlir::Value value);
};

/// The launch that may write result `index` of the entry over the present state; null if none may.
dl::LaunchOp updater(Entry &entry, unsigned index);
/// Moves launches that write state behind every reader of what they overwrite
/// and behind everything that can report a data error.
void orderUpdates(Entry &entry);

} // namespace dlc
#endif // DLC_PASSES_PLANMEMORY_ENTRY_H
