// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/PlanMemory/Entry.h"
#include "passes/Elements/Target.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {

Value bytesOf(Value value) {
  while (auto view = value.getDefiningOp<ReshapeOp>())
    value = view.getInput();
  return value;
}

void forReaders(Value value, llvm::function_ref<void(OpOperand &)> visit) {
  for (OpOperand &use : value.getUses()) {
    if (isa<ReshapeOp>(use.getOwner()))
      forReaders(use.getOwner()->getResult(0), visit);
    else
      visit(use);
  }
}

bool takesOther(ScanOp scan, size_t i) {
  Block &body = scan.getBody().front();
  auto carry = dyn_cast<BlockArgument>(bytesOf(body.getTerminator()->getOperand(i)));
  return carry && carry.getOwner() == &body && carry.getArgNumber() < scan.getInits().size() &&
         carry.getArgNumber() != i;
}

bool Entry::canFault(LaunchOp launch) {
  func::FuncOp kernel = kernelOf(launch);
  bool faults = kernel->hasAttr(reportsAttribute);
  kernel.walk([&](FaultOp) { faults = true; });
  return faults;
}

BlockArgument Entry::argumentOf(FlatSymbolRefAttr state) {
  for (BlockArgument argument : function.getArguments())
    if (function.getArgAttrOfType<FlatSymbolRefAttr>(argument.getArgNumber(), "dl.state") == state)
      return argument;
  return {};
}

FailureOr<int64_t> Entry::stateOffset(StringRef symbol) const {
  if (symbol == "dl.seed")
    return 0;
  if (symbol == "dl.step")
    return 8;
  const Interface::State *state = interface.findState(symbol);
  return state ? FailureOr<int64_t>(state->offset) : FailureOr<int64_t>(failure());
}

bool Entry::isReturnedOnce(Value value) {
  Value bytes = bytesOf(value);
  return llvm::count_if(returnOp().getOperands(), [&](Value v) { return bytesOf(v) == bytes; }) == 1;
}

} // namespace dlc
