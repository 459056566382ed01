// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/Checkpoint.h"
#include "compiler/ElementTypes.h"
#include "compiler/Nearest.h"
#include "dialects/dl/Dl.h"
#include "dialects/dl/evaluate/Tensor.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "passes/DescribeInterface/Interface.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;

namespace dlc {

/// A tensor's elements; large ones keep the bytes they came in.
static ElementsAttr elementsOf(NamedTensor &&tensor, RankedTensorType type, StringRef symbol) {
  constexpr size_t inlineBytes = 1024;
  if (type.getElementType().isInteger(1) || tensor.bytes.size() <= inlineBytes)
    return dl::Tensor::fromBytes(type.getElementType(), type.getShape(), tensor.bytes.data()).toAttr();
  auto owner = std::make_shared<std::vector<uint8_t>>(std::move(tensor.bytes));
  ArrayRef<char> bytes(reinterpret_cast<const char *>(owner->data()), owner->size());
  AsmResourceBlob blob(bytes, 16, [owner](void *, size_t, size_t) {}, /*dataIsMutable=*/false);
  return DenseResourceElementsAttr::get(type, symbol, std::move(blob));
}

bool applyCheckpoint(ModuleOp module, Checkpoint &&checkpoint, std::string &error) {
  llvm::StringMap<Operation *> state; // by the name in checkpoints
  std::vector<std::string> names;
  for (Operation &op : *module.getBody())
    if (isa<dl::ParameterOp, dl::SlotOp>(op)) {
      names.push_back(stateName(&op));
      state[names.back()] = &op;
    }
  std::string file = checkpoint.path;
  for (NamedTensor &tensor : checkpoint.tensors) {
    auto it = state.find(tensor.name);
    if (it == state.end()) {
      StringRef parameter = StringRef(tensor.name).split('/').second;
      if (auto owner = state.find(parameter); !parameter.empty() && owner != state.end())
        continue; // another optimizer's slot
      error = file + ": tensor '" + tensor.name + "' is no parameter of the model" + suggestNearest(tensor.name, names);
      return false;
    }
    Operation *op = it->second;
    auto parameter = dyn_cast<dl::ParameterOp>(op);
    auto slot = dyn_cast<dl::SlotOp>(op);
    auto expected = cast<RankedTensorType>(parameter ? parameter.getType() : slot.getType());
    auto given = RankedTensorType::get(tensor.shape, elementTypeOf(module.getContext(), tensor.type));
    if (given != expected) {
      llvm::raw_string_ostream(error) << file << ": tensor '" << tensor.name << "' is " << given << ", expected "
                                      << expected;
      return false;
    }
    StringRef symbol = SymbolTable::getSymbolName(op);
    ElementsAttr value = elementsOf(std::move(tensor), expected, symbol);
    if (parameter)
      parameter.setValueAttr(value);
    else
      slot.setValueAttr(value);
    state.erase(it);
  }
  for (const std::string &name : names)
    if (auto left = state.find(name); left != state.end() && isa<dl::ParameterOp>(left->second)) {
      error = file + " has no tensor '" + name + "', which is a parameter of the model";
      return false;
    }
  return true;
}

} // namespace dlc
