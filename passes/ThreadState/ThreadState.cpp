// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/ThreadState/ThreadState.h"
#include "dialects/dl/Dl.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_THREADSTATE
#include "passes/ThreadState/ThreadState.h.inc"

namespace {
constexpr StringLiteral seedName = "dl.seed", stepName = "dl.step";

/// The present value of each symbol, as the walk goes through the program.
using Values = llvm::DenseMap<StringAttr, Value>;

struct ThreadState : impl::ThreadStateBase<ThreadState> {
  using Base::Base;
  void runOnOperation() override;

private:
  LogicalResult collect(func::FuncOp function);
  LogicalResult threadFunction(func::FuncOp function);
  void thread(Block &block, Values &values);
  void threadScan(ScanOp scan, Values &values);
  void threadGradient(GradientOp gradient, Values &values);

  llvm::MapVector<StringAttr, Type> declared;   // the module's state, in its order, then seed and step
  llvm::SetVector<StringAttr> touched, written; // by the function at hand
};
} // namespace

/// The symbol a state op means; null for any other op.
static StringAttr symbolOf(Operation *op) {
  if (auto read = dyn_cast<ReadOp>(op))
    return read.getSymbolAttr().getAttr();
  if (auto write = dyn_cast<WriteOp>(op))
    return write.getSymbolAttr().getAttr();
  if (isa<SeedOp>(op))
    return StringAttr::get(op->getContext(), seedName);
  if (isa<StepOp>(op))
    return StringAttr::get(op->getContext(), stepName);
  return {};
}

/// What the function touches and writes; refuses writes that are not its own.
LogicalResult ThreadState::collect(func::FuncOp function) {
  auto result = function.walk([&](Operation *op) {
    if (auto gradient = dyn_cast<GradientOp>(op))
      for (auto symbol : gradient.getSymbols().getAsRange<FlatSymbolRefAttr>())
        touched.insert(symbol.getAttr());
    StringAttr symbol = symbolOf(op);
    if (!symbol)
      return WalkResult::advance();
    touched.insert(symbol);
    if (!isa<WriteOp>(op))
      return WalkResult::advance();
    written.insert(symbol);
    Operation *parent = op->getParentOp();
    if (parent == function)
      return WalkResult::advance();
    InFlightDiagnostic error = op->emitOpError("writes @") << symbol.getValue() << " inside " << parent->getName()
                                                           << "; state is written in the function's own body";
    error.attachNote(parent->getLoc()) << "the region begins here";
    return WalkResult::interrupt();
  });
  if (result.wasInterrupted())
    return failure();
  StringAttr step = StringAttr::get(&getContext(), stepName);
  if (!written.empty()) {
    touched.insert(step);
    written.insert(step);
  }
  // The module's order: the same signature whatever the body's order.
  auto sort = [&](llvm::SetVector<StringAttr> &symbols) {
    SmallVector<StringAttr> sorted;
    for (auto [symbol, type] : declared)
      if (symbols.contains(symbol))
        sorted.push_back(symbol);
    symbols.clear();
    symbols.insert(sorted.begin(), sorted.end());
  };
  sort(touched);
  sort(written);
  return success();
}

void ThreadState::thread(Block &block, Values &values) {
  for (Operation &op : llvm::make_early_inc_range(block)) {
    if (auto scan = dyn_cast<ScanOp>(op)) {
      threadScan(scan, values);
      continue;
    }
    if (auto gradient = dyn_cast<GradientOp>(op)) {
      thread(gradient.getBody().front(), values);
      threadGradient(gradient, values);
      continue;
    }
    StringAttr symbol = symbolOf(&op);
    if (!symbol)
      continue;
    if (auto write = dyn_cast<WriteOp>(op))
      values[symbol] = write.getValue();
    else
      op.getResult(0).replaceAllUsesWith(values[symbol]);
    op.erase();
  }
}

/// A loop's body sees nothing from outside: what it reads is handed in as constants.
void ThreadState::threadScan(ScanOp scan, Values &values) {
  Block &body = scan.getBody().front();
  llvm::SetVector<StringAttr> read;
  scan.getBody().walk([&](Operation *op) {
    if (auto gradient = dyn_cast<GradientOp>(op))
      for (auto symbol : gradient.getSymbols().getAsRange<FlatSymbolRefAttr>())
        read.insert(symbol.getAttr());
    if (StringAttr symbol = symbolOf(op))
      read.insert(symbol);
  });
  Values inside;
  for (StringAttr symbol : read) {
    scan.getConstantsMutable().append(values[symbol]);
    inside[symbol] = body.addArgument(values[symbol].getType(), scan.getLoc());
  }
  thread(body, inside);
}

/// wrt(@a, %x) becomes wrt(%a, %x): results keep their order, symbols being first.
void ThreadState::threadGradient(GradientOp gradient, Values &values) {
  SmallVector<Value> inputs;
  for (auto symbol : gradient.getSymbols().getAsRange<FlatSymbolRefAttr>())
    inputs.push_back(values[symbol.getAttr()]);
  llvm::append_range(inputs, gradient.getInputs());
  gradient->setOperands(inputs);
  gradient.setSymbolsAttr(ArrayAttr::get(&getContext(), {}));
}

LogicalResult ThreadState::threadFunction(func::FuncOp function) {
  touched.clear();
  written.clear();
  if (failed(collect(function)))
    return failure();

  OpBuilder builder(function.getBody());
  Values values;
  auto stateAttr = [&](StringAttr symbol) {
    return builder.getDictionaryAttr(builder.getNamedAttr("dl.state", FlatSymbolRefAttr::get(symbol)));
  };
  for (StringAttr symbol : touched) {
    unsigned index = function.getNumArguments();
    (void)function.insertArgument(index, declared.lookup(symbol), stateAttr(symbol), NameLoc::get(symbol));
    values[symbol] = function.getArgument(index);
  }
  Value step = values.lookup(StringAttr::get(&getContext(), stepName));
  thread(function.getBody().front(), values);

  Operation *end = function.getBody().front().getTerminator();
  builder.setInsertionPoint(end);
  SmallVector<Value> results(end->getOperands());
  for (StringAttr symbol : written) {
    if (symbol.getValue() == stepName) {
      auto one = ConstantOp::create(builder, end->getLoc(),
                                    DenseElementsAttr::get(cast<ShapedType>(step.getType()), APInt(64, 1)));
      values[symbol] = AddOp::create(builder, end->getLoc(), step, one);
    }
    (void)function.insertResult(function.getNumResults(), values[symbol].getType(), stateAttr(symbol));
    results.push_back(values[symbol]);
  }
  end->setOperands(results);
  return success();
}

void ThreadState::runOnOperation() {
  declared.clear();
  for (Operation &op : *getOperation().getBody()) {
    if (auto parameter = dyn_cast<ParameterOp>(op))
      declared[parameter.getSymNameAttr()] = parameter.getType();
    if (auto slot = dyn_cast<SlotOp>(op))
      declared[slot.getSymNameAttr()] = slot.getType();
  }
  auto scalar = RankedTensorType::get({}, IntegerType::get(&getContext(), 64));
  for (StringRef name : {seedName, stepName})
    declared[StringAttr::get(&getContext(), name)] = scalar;
  for (auto function : getOperation().getOps<func::FuncOp>())
    if (!function.isExternal() && failed(threadFunction(function)))
      return signalPassFailure();
}

} // namespace dlc
