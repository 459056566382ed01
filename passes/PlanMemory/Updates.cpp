// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which launches may write state in place, and when.
#include "passes/PlanMemory/Entry.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {

LaunchOp updater(Entry &entry, unsigned index) {
  FlatSymbolRefAttr state = entry.resultState(index);
  Value value = bytesOf(entry.returnOp().getOperand(index));
  auto launch = value.getDefiningOp<LaunchOp>();
  // Returned to the user as well, it would be written twice.
  if (!state || !launch || launch->getBlock() != &entry.body() || !entry.isReturnedOnce(value))
    return {};
  BlockArgument present = entry.argumentOf(state);
  if (!present)
    return launch;
  auto ties = entry.kernelOf(launch)->getAttrOfType<ArrayAttr>("dl.in_place");
  ArrayRef<int64_t> allowed = cast<DenseI64ArrayAttr>(ties[cast<OpResult>(value).getResultNumber()]).asArrayRef();
  for (auto [i, input] : llvm::enumerate(launch.getInputs()))
    if (bytesOf(input) == present && !llvm::is_contained(allowed, static_cast<int64_t>(i)))
      return {};
  return launch;
}

/// The last top-level op in which a data error can be found; null if there is none.
static Operation *lastFault(Entry &entry) {
  Operation *last = nullptr;
  entry.body().walk([&](LaunchOp launch) {
    if (entry.canFault(launch))
      last = entry.body().findAncestorOpInBlock(*launch);
  });
  return last;
}

/// Moves `launch` behind `after`, and views of its results with it, unless
/// something before that point wants what it computes.
static void moveBehind(Entry &entry, LaunchOp launch, Operation *after) {
  bool movable = true;
  SmallVector<Operation *> views;
  for (Value result : launch.getResults()) {
    forReaders(result, [&](OpOperand &use) {
      Operation *reader = entry.body().findAncestorOpInBlock(*use.getOwner());
      movable &= reader == entry.returnOp() || after->isBeforeInBlock(reader);
    });
    for (Operation *user : result.getUsers())
      if (isa<ReshapeOp>(user) && !after->isBeforeInBlock(user))
        views.push_back(user);
  }
  if (!movable)
    return;
  launch->moveAfter(after);
  for (Operation *view : views)
    view->moveAfter(launch);
}

void orderUpdates(Entry &entry) {
  Operation *fault = lastFault(entry), *returnOp = entry.returnOp();
  for (unsigned i = 0; i < returnOp->getNumOperands(); ++i) {
    LaunchOp launch = updater(entry, i);
    if (!launch)
      continue;
    Operation *after = fault && launch->isBeforeInBlock(fault) ? fault : launch.getOperation();
    if (BlockArgument present = entry.argumentOf(entry.resultState(i)))
      forReaders(present, [&](OpOperand &use) {
        Operation *reader = entry.body().findAncestorOpInBlock(*use.getOwner());
        if (reader != launch && reader != returnOp && after->isBeforeInBlock(reader))
          after = reader;
      });
    if (after != launch)
      moveBehind(entry, launch, after);
  }
}

} // namespace dlc
