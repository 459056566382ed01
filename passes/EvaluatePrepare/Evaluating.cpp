// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/EvaluatePrepare/Evaluating.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {

FailureOr<ElementsAttr> declaredValue(Operation *state) {
  Attribute value;
  RankedTensorType type;
  if (auto parameter = dyn_cast<ParameterOp>(state))
    value = parameter.getValue(), type = cast<RankedTensorType>(parameter.getType());
  else if (auto slot = dyn_cast<SlotOp>(state))
    value = slot.getValue(), type = cast<RankedTensorType>(slot.getType());
  if (auto elements = dyn_cast_or_null<ElementsAttr>(value))
    return elements;
  Builder builder(state->getContext());
  bool ones = isa_and_nonnull<OnesAttr>(value);
  if (!ones && !isa_and_nonnull<ZerosAttr>(value))
    return state->emitOpError(
        "has no value: it is drawn when the weights are created, and --weights=constant leaves nothing to create");
  Type element = type.getElementType();
  if (isa<FloatType>(element))
    return ElementsAttr(DenseElementsAttr::get(type, builder.getFloatAttr(element, ones ? 1.0 : 0.0)));
  return ElementsAttr(DenseElementsAttr::get(type, builder.getIntegerAttr(element, ones ? 1 : 0)));
}

static StringRef symbolOf(BlockArgument argument) {
  auto function = cast<func::FuncOp>(argument.getOwner()->getParentOp());
  return function.getArgAttrOfType<FlatSymbolRefAttr>(argument.getArgNumber(), "dl.state").getValue();
}

unsigned Evaluating::intern(const Twine &text) {
  llvm::SmallString<256> storage;
  return numbers.try_emplace(text.toStringRef(storage), numbers.size()).first->second;
}

unsigned Evaluating::number(StringRef symbol) { return intern("@" + symbol); }

/// An op as text without what it is called and how it is scheduled.
static std::string textOf(Operation *op) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  OpPrintingFlags flags = OpPrintingFlags().useLocalScope();
  if (auto kernel = dyn_cast<KernelOp>(op)) {
    for (BlockArgument argument : kernel.getBody().getArguments())
      stream << argument.getType() << ' ';
    for (Operation &inner : kernel.getBody().front()) {
      inner.print(stream, flags);
      stream << '\n';
    }
    return text;
  }
  stream << op->getName() << op->getAttrDictionary() << op->getResultTypes();
  return text;
}

unsigned Evaluating::number(Value value) {
  if (auto it = known.find(value); it != known.end())
    return it->second;
  unsigned result;
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    result = number(symbolOf(argument));
  } else {
    Operation *op = value.getDefiningOp();
    Operation *meaning = op;
    if (auto launch = dyn_cast<LaunchOp>(op))
      meaning = SymbolTable::lookupNearestSymbolFrom(op, launch.getKernelAttr());
    auto [it, isNew] = kernels.try_emplace(meaning, 0);
    if (isNew)
      it->second = intern(textOf(meaning));
    std::string text = std::to_string(it->second);
    for (Value operand : op->getOperands())
      text += " " + std::to_string(number(operand));
    result = intern(text + "#" + Twine(cast<OpResult>(value).getResultNumber()));
  }
  known[value] = result;
  return result;
}

LogicalResult Evaluating::run(func::FuncOp prepare, ArrayRef<Value> wanted,
                              llvm::function_ref<void(Value, const Tensor &)> take) {
  // What the wanted values are made of, and who reads each value last.
  llvm::DenseSet<Value> needed(wanted.begin(), wanted.end());
  llvm::DenseMap<Value, Operation *> last;
  Block &body = prepare.getBody().front();
  SmallVector<Operation *> order;
  for (Operation &op : llvm::reverse(body)) {
    if (llvm::none_of(op.getResults(), [&](Value result) { return needed.contains(result); }))
      continue;
    order.push_back(&op);
    for (Value operand : op.getOperands()) {
      needed.insert(operand);
      last.try_emplace(operand, &op);
    }
  }
  llvm::DenseSet<Value> taken(wanted.begin(), wanted.end());
  llvm::DenseMap<Value, std::shared_ptr<Tensor>> values;
  Evaluator evaluator(module);
  for (Operation *op : llvm::reverse(order)) {
    SmallVector<const Tensor *> operands;
    for (Value operand : op->getOperands()) {
      std::shared_ptr<Tensor> &value = values[operand];
      if (!value) { // a weight, read for the first time
        Operation *state = SymbolTable::lookupSymbolIn(module, symbolOf(cast<BlockArgument>(operand)));
        FailureOr<ElementsAttr> declared = declaredValue(state);
        if (failed(declared))
          return failure();
        FailureOr<Tensor> tensor = Tensor::fromAttr(*declared);
        if (failed(tensor))
          return state->emitOpError(
              "value is no dense tensor, or a resource whose bytes are missing or do not fit its type");
        value = std::make_shared<Tensor>(std::move(*tensor));
      }
      operands.push_back(value.get());
    }
    FailureOr<SmallVector<Tensor>> results = evaluator.execute(op, operands);
    if (failed(results))
      return failure();
    for (Value operand : op->getOperands())
      if (last.lookup(operand) == op)
        values.erase(operand);
    for (auto [result, tensor] : llvm::zip(op->getResults(), *results)) {
      if (taken.contains(result))
        take(result, tensor);
      if (last.contains(result))
        values[result] = std::make_shared<Tensor>(std::move(tensor));
    }
  }
  return success();
}

} // namespace dlc
