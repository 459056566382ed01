// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/link/WeightsFile.h"
#include "compiler/link/DataObject.h"
#include "dialects/dl/evaluate/Evaluator.h"
#include "llvm/Support/JSON.h"

using namespace mlir;

namespace dlc {

static StringRef safetensorsType(Type type) {
  if (type.isF64())
    return "F64";
  if (type.isF32())
    return "F32";
  if (type.isF16())
    return "F16";
  if (type.isBF16())
    return "BF16";
  if (type.isInteger(64))
    return "I64";
  if (type.isInteger(32))
    return "I32";
  if (type.isInteger(1))
    return "BOOL";
  return type.isUnsignedInteger() ? "U8" : "I8";
}

/// Values of the parameters that an initialiser computes, by the seed 0.
static FailureOr<std::map<std::string, dl::Tensor>> computedValues(ModuleOp module, const Interface &interface) {
  OwningOpRef<ModuleOp> alone = ModuleOp::create(module.getLoc());
  for (const Interface::State &state : interface.state)
    if (!state.slot && state.data < 0)
      alone->push_back(SymbolTable::lookupSymbolIn(module, state.symbol)->clone());
  dl::Evaluator evaluator(*alone);
  if (failed(evaluator.initialise()))
    return failure();
  return std::move(evaluator.state);
}

FailureOr<std::string> writeWeights(ModuleOp module, const Interface &interface) {
  FailureOr<std::map<std::string, dl::Tensor>> computed = computedValues(module, interface);
  if (failed(computed))
    return failure();
  FailureOr<SmallVector<Datum>> stored = dataOf(module, interface);
  if (failed(stored))
    return failure();
  llvm::DenseMap<int64_t, ElementsAttr> values; // by place
  for (const Datum &datum : *stored)
    values[datum.offset] = datum.value;
  std::vector<const Interface::State *> order;
  for (const Interface::State &state : interface.state) {
    if (!state.slot)
      order.push_back(&state);
  }
  // Wide elements first: then every tensor lies at a multiple of its width.
  llvm::stable_sort(order, [](auto *a, auto *b) {
    return elementBytes(a->type.getElementType()) > elementBytes(b->type.getElementType());
  });

  std::string header;
  llvm::raw_string_ostream text(header);
  llvm::json::OStream json(text);
  int64_t offset = 0;
  json.object([&] {
    for (const Interface::State *state : order)
      json.attributeObject(llvm::json::fixUTF8(state->name), [&] {
        json.attribute("dtype", safetensorsType(state->type.getElementType()));
        json.attributeArray("shape", [&] {
          for (int64_t extent : state->type.getShape())
            json.value(extent);
        });
        json.attributeArray("data_offsets", [&] {
          json.value(offset);
          json.value(offset += state->bytes());
        });
      });
  });
  header.append(-header.size() % 8, ' ');

  std::string file(8, 0);
  for (size_t i = 0; i < 8; ++i)
    file[i] = static_cast<char>(header.size() >> 8 * i);
  file += header;
  file.reserve(file.size() + offset);
  llvm::raw_string_ostream out(file);
  for (const Interface::State *state : order) {
    if (state->data >= 0) {
      writeValue(out, values[state->data]);
      continue;
    }
    std::string bytes(state->bytes(), 0);
    computed->at(state->symbol).toBytes(bytes.data());
    out << bytes;
  }
  return file;
}

} // namespace dlc
