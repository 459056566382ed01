// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/EvaluatePrepare/Evaluating.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "passes/DescribeInterface/Interface.h"

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

static Bytes bytesOf(const Tensor &tensor) {
  return Bytes::allocate(RankedTensorType::get(tensor.shape, tensor.elementType),
                         [&](char *to) { tensor.toBytes(to); });
}

/// What a parameter or slot is declared with; large ones are not copied.
static FailureOr<Bytes> bytesOf(Operation *state) {
  FailureOr<ElementsAttr> declared = declaredValue(state);
  if (failed(declared))
    return failure();
  auto type = cast<RankedTensorType>(declared->getType());
  int64_t count = type.getNumElements() * elementBytes(type.getElementType());
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(*declared))
    if (AsmResourceBlob *blob = resource.getRawHandle().getBlob();
        blob && static_cast<int64_t>(blob->getData().size()) == count)
      return Bytes{type, blob->getData(), nullptr};
  FailureOr<Tensor> tensor = Tensor::fromAttr(*declared);
  if (failed(tensor))
    return state->emitOpError("value is no dense tensor, or a resource whose bytes are missing or do not fit its type");
  return bytesOf(*tensor);
}

static FailureOr<SmallVector<Bytes>> resultsOf(Operation *op, ArrayRef<Bytes> operands, Evaluator &evaluator) {
  if (std::optional<Bytes> result = moved(op, operands))
    return SmallVector<Bytes>{std::move(*result)};
  SmallVector<Tensor> tensors;
  for (const Bytes &operand : operands)
    tensors.push_back(Tensor::fromBytes(operand.type.getElementType(), operand.type.getShape(), operand.data.data()));
  SmallVector<const Tensor *> pointers;
  for (const Tensor &tensor : tensors)
    pointers.push_back(&tensor);
  FailureOr<SmallVector<Tensor>> results = evaluator.execute(op, pointers);
  if (failed(results))
    return failure();
  SmallVector<Bytes> bytes;
  for (const Tensor &result : *results)
    bytes.push_back(bytesOf(result));
  return bytes;
}

LogicalResult Evaluating::run(func::FuncOp prepare, ArrayRef<Value> wanted,
                              llvm::function_ref<void(Value, const Bytes &)> take) {
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
  llvm::DenseMap<Value, Bytes> values;
  Evaluator evaluator(module);
  for (Operation *op : llvm::reverse(order)) {
    SmallVector<Bytes> operands;
    for (Value operand : op->getOperands()) {
      if (!values.contains(operand)) { // a weight, read for the first time
        FailureOr<Bytes> weight = bytesOf(SymbolTable::lookupSymbolIn(module, symbolOf(cast<BlockArgument>(operand))));
        if (failed(weight))
          return failure();
        values[operand] = std::move(*weight);
      }
      operands.push_back(values[operand]);
    }
    FailureOr<SmallVector<Bytes>> results = resultsOf(op, operands, evaluator);
    if (failed(results))
      return failure();
    for (Value operand : op->getOperands())
      if (last.lookup(operand) == op)
        values.erase(operand);
    for (auto [result, bytes] : llvm::zip(op->getResults(), *results)) {
      if (taken.contains(result))
        take(result, bytes);
      if (last.contains(result))
        values[result] = bytes;
    }
  }
  return success();
}

} // namespace dlc
