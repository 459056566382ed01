// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/PlanMemory/Placement.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {

Placement::Placement(Entry &entry, Remarks &remarks) : entry(entry), remarks(remarks) {
  for (auto [i, dim] : llvm::enumerate(entry.interface.dims)) {
    dimNumbers[dim.name] = i;
    lows[dim.name] = std::max<int64_t>(dim.low, 0);
  }
}

LogicalResult Placement::run() {
  if (failed(placeArguments()))
    return failure();
  orderUpdates(entry);
  number();
  placeResults();
  placeRest();
  if (remarks.wanted())
    sayPlan();
  return success();
}

void Placement::number() {
  unsigned next = 0;
  for (Operation &op : entry.body())
    step[&op] = next++;
}

unsigned Placement::lastUse(Value value, unsigned from) {
  unsigned last = from;
  forReaders(value, [&](OpOperand &use) { last = std::max(last, stepOf(use.getOwner())); });
  return last;
}

LogicalResult Placement::placeArguments() {
  for (BlockArgument argument : entry.function.getArguments()) {
    unsigned number = argument.getArgNumber();
    if (auto prepared = entry.function.getArgAttrOfType<IntegerAttr>(number, "dl.prepared")) {
      storage[argument] = {Space::prepared, prepared.getInt()};
      readsPrepared = true;
    } else if (auto state = entry.function.getArgAttrOfType<FlatSymbolRefAttr>(number, "dl.state")) {
      FailureOr<int64_t> offset = entry.stateOffset(state.getValue());
      if (failed(offset))
        return entry.function.emitOpError() << "reads unknown state " << state;
      storage[argument] = {Space::state, *offset};
    } else {
      storage[argument] = {Space::argument, userArguments++};
    }
  }
  return success();
}

Storage Placement::outputStorage(unsigned index, unsigned &output) const {
  if (auto prepared = entry.function.getResultAttrOfType<IntegerAttr>(index, "dl.prepared"))
    return {Space::prepared, prepared.getInt()};
  return {Space::argument, output++};
}

void Placement::placeResults() {
  unsigned lastFault = 0;
  entry.body().walk([&](LaunchOp launch) {
    if (entry.canFault(launch))
      lastFault = std::max(lastFault, stepOf(launch) + 1);
  });
  faults = lastFault != 0;
  firstUpdate = entry.returnOp();
  unsigned output = userArguments;
  for (unsigned i = 0; i < entry.returnOp().getNumOperands(); ++i) {
    Value value = bytesOf(entry.returnOp().getOperand(i));
    if (entry.resultState(i)) {
      if (placeUpdate(i, lastFault) && step[value.getDefiningOp()] < step[firstUpdate])
        firstUpdate = value.getDefiningOp();
      continue;
    }
    Storage target = outputStorage(i, output);
    auto launch = value.getDefiningOp<LaunchOp>();
    if (launch && launch->getBlock() == &entry.body() && entry.isReturnedOnce(value))
      storage[value] = target;
  }
}

/// Whether the launch that computes result `index` writes it over its state.
bool Placement::placeUpdate(unsigned index, unsigned lastFault) {
  FlatSymbolRefAttr state = entry.resultState(index);
  Value value = entry.returnOp().getOperand(index);
  BlockArgument present = entry.argumentOf(state);
  LaunchOp launch = updater(entry, index);
  if (!launch || step[launch] < lastFault) {
    if (bytesOf(value) != present) // which stays as it is
      sayCopied(state, value,
                launch ? "a data error may be found later in the call"
                       : "no kernel of its own computes it element by element");
    return false;
  }
  bool safe = true;
  if (present)
    forReaders(present,
               [&](OpOperand &use) { safe &= use.getOwner() == launch || stepOf(use.getOwner()) <= step[launch]; });
  if (!safe) {
    sayCopied(state, bytesOf(value), "the present value is read afterwards");
    return false;
  }
  if (remarks.wanted())
    remarks.passed("InPlace", launch.getLoc(), entry.function.getName())
        .say("@" + state.getValue() + " is updated in place")
        .with("State", state.getValue());
  storage[bytesOf(value)] = {Space::state, *entry.stateOffset(state.getValue())};
  return true;
}

void Placement::placeRest() {
  for (Operation &op : entry.body()) {
    if (auto constant = dyn_cast<ConstantOp>(op))
      storage[constant.getResult()].constant = constant;
    if (auto launch = dyn_cast<LaunchOp>(op))
      placeLaunch(launch, step[&op], /*inLoop=*/false);
    if (auto scan = dyn_cast<ScanOp>(op))
      placeScan(scan, step[&op], /*inLoop=*/false);
  }
  // State that becomes what other state was: copied before any is overwritten.
  func::ReturnOp returnOp = entry.returnOp();
  for (unsigned i = 0; i < returnOp.getNumOperands(); ++i) {
    auto argument = dyn_cast<BlockArgument>(bytesOf(returnOp.getOperand(i)));
    FlatSymbolRefAttr state = entry.resultState(i);
    if (state && argument && entry.argumentOf(state) != argument &&
        entry.function.getArgAttr(argument.getArgNumber(), "dl.state"))
      stateCopies[i] = arena.add(returnOp.getLoc(), bytes(argument), step[returnOp], step[returnOp]);
  }
}

static DimExpr attributeDim(func::FuncOp kernel, StringRef name) {
  Attribute attr = kernel->getAttr(name);
  return attr ? *DimExpr::fromAttr(attr) : DimExpr(0);
}

/// In a loop, everything lives as long as the loop, and all iterations share it.
void Placement::placeLaunch(LaunchOp launch, unsigned at, bool inLoop) {
  for (Value result : launch.getResults())
    if (!storage.contains(result))
      storage[result] = {Space::arena, arena.add(result.getLoc(), bytes(result), at, inLoop ? at : lastUse(result, at),
                                                 0, launch.getKernel().str())};
  func::FuncOp kernel = entry.kernelOf(launch);
  DimExpr shared = attributeDim(kernel, "dl.shared"), perWorker = attributeDim(kernel, "dl.scratch");
  if (shared != DimExpr(0) || perWorker != DimExpr(0))
    scratch[launch] = arena.add(launch.getLoc(), shared, at, at, perWorker, ("scratch of " + launch.getKernel()).str());
}

void Placement::placeScan(ScanOp scan, unsigned at, bool inLoop) {
  for (Value result : scan.getResults()) {
    (void)dims.of(result);
    if (!storage.contains(result))
      storage[result] = {Space::arena,
                         arena.add(result.getLoc(), bytes(result), at, inLoop ? at : lastUse(result, at))};
  }
  Block &body = scan.getBody().front();
  for (auto [i, next] : llvm::enumerate(body.getTerminator()->getOperands().take_front(scan.getInits().size())))
    if (takesOther(scan, i))
      spare[{scan, i}] = arena.add(scan.getLoc(), bytes(next), at, at);
  for (auto [i, sequence] : llvm::enumerate(scan.getSequences()))
    if (bytesOf(sequence).getDefiningOp<ConstantOp>())
      spare[{scan, scan.getInits().size() + i}] = arena.add(scan.getLoc(), bytes(sequence), at, at);
  for (auto [i, constant] : llvm::enumerate(scan.getConstants()))
    aliases[body.getArgument(scan.getInits().size() + scan.getSequences().size() + i)] = constant;
  for (Operation &op : body) {
    if (auto constant = dyn_cast<ConstantOp>(op))
      storage[constant.getResult()].constant = constant;
    if (auto launch = dyn_cast<LaunchOp>(op))
      placeLaunch(launch, at, /*inLoop=*/true);
    if (auto inner = dyn_cast<ScanOp>(op))
      placeScan(inner, at, /*inLoop=*/true);
  }
}

void Placement::sayCopied(FlatSymbolRefAttr state, Value value, StringRef why) {
  if (remarks.wanted())
    remarks.missed("Copied", value.getLoc(), entry.function.getName())
        .say("the next value of @" + state.getValue() + " is computed elsewhere and copied: " + why)
        .with("State", state.getValue());
}

/// Says what the arena holds and what shares its bytes.
void Placement::sayPlan() {
  Arena::Sample sample = arena.sample(dimNumbers);
  StringRef name = entry.function.getName();
  std::string extents = dimNumbers.empty() ? "" : " for extents of 64";
  remarks.analysis("Arena", entry.function.getLoc(), name)
      .say(Twine(arena.size()) + " tensors take " + Twine(sample.bytes) + " bytes" + extents +
           " and one worker, without reuse " + Twine(sample.bytesWithoutReuse))
      .with("Tensors", arena.size())
      .with("Bytes", sample.bytes)
      .with("BytesWithoutReuse", sample.bytesWithoutReuse);
  for (const Arena::Sample::Reuse &reuse : sample.reuses)
    remarks.passed("Reused", reuse.location, name)
        .say("its " + Twine(reuse.bytes) + " bytes are also those of tensors alive at other times")
        .with("Bytes", reuse.bytes)
        .with("Others", reuse.others);
}

} // namespace dlc
