// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/DescribeInterface/Interface.h"
#include "dialects/dl/Dl.h"
#include "mlir/IR/Builders.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace dlc {

int64_t elementBytes(Type type) { return llvm::divideCeil(type.getIntOrFloatBitWidth(), 8); }

int64_t Interface::State::bytes() const { return type.getNumElements() * elementBytes(type.getElementType()); }

std::string stateName(Operation *state) {
  auto slot = dyn_cast<dl::SlotOp>(state);
  if (!slot)
    return SymbolTable::getSymbolName(state).str();
  std::string name = slot.getKey().value_or(slot.getSymName()).str();
  return slot.getParameter() ? name + "/" + slot.getParameter()->str() : name;
}

const Interface::State *Interface::findState(StringRef symbol) const {
  for (const State &one : state)
    if (one.symbol == symbol)
      return &one;
  return nullptr;
}

const Interface::Function *Interface::findFunction(StringRef name) const {
  for (const Function &function : functions)
    if (function.name == name)
      return &function;
  return nullptr;
}

std::string describe(const Interface::Argument &argument) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  stream << argument.type;
  if (argument.dims.empty())
    return text;
  stream << "[";
  llvm::interleave(argument.dims, stream, [&](const dl::DimExpr &dim) { stream << dim.str(); }, " x ");
  stream << "]";
  return text;
}

//===-- To the attribute --------------------------------------------------===//

static StringRef kindName(Interface::Kind kind) {
  return kind == Interface::Kind::Input ? "input" : kind == Interface::Kind::Output ? "output" : "hyper";
}

DictionaryAttr Interface::toAttr(MLIRContext *context) const {
  Builder b(context);
  auto named = [&](StringRef name, Attribute value) { return b.getNamedAttr(name, value); };
  auto integer = [&](int64_t value) { return b.getI64IntegerAttr(value); };
  SmallVector<Attribute> dimAttrs, functionAttrs, stateAttrs;

  for (const Dim &dim : dims)
    dimAttrs.push_back(b.getDictionaryAttr({named("name", b.getStringAttr(dim.name)), named("low", integer(dim.low)),
                                            named("high", integer(dim.high)), named("bound", integer(dim.bound))}));

  for (const Function &function : functions) {
    SmallVector<Attribute> arguments;
    for (const Argument &argument : function.arguments) {
      SmallVector<NamedAttribute> fields = {
          named("name", b.getStringAttr(argument.name)), named("kind", b.getStringAttr(kindName(argument.kind))),
          named("type", TypeAttr::get(argument.type)), named("dims", dl::toAttr(context, argument.dims))};
      if (argument.below)
        fields.push_back(named("below", integer(*argument.below)));
      if (argument.defaultValue)
        fields.push_back(named("default", argument.defaultValue));
      arguments.push_back(b.getDictionaryAttr(fields));
    }
    SmallVector<NamedAttribute> fields = {named("name", b.getStringAttr(function.name)),
                                          named("arguments", b.getArrayAttr(arguments))};
    if (function.trains)
      fields.push_back(named("trains", b.getUnitAttr()));
    SmallVector<Attribute> requirements;
    for (const dl::Requirement &asked : function.requirements) {
      SmallVector<NamedAttribute> one = {named("what", b.getStringAttr(asked.what)),
                                         named("given", asked.given.toAttr(context)),
                                         named("expected", asked.expected.toAttr(context))};
      if (asked.exact)
        one.push_back(named("exact", b.getUnitAttr()));
      requirements.push_back(b.getDictionaryAttr(one));
    }
    if (!requirements.empty())
      fields.push_back(named("requirements", b.getArrayAttr(requirements)));
    functionAttrs.push_back(b.getDictionaryAttr(fields));
  }

  for (const State &one : state) {
    SmallVector<NamedAttribute> fields = {named("symbol", FlatSymbolRefAttr::get(context, one.symbol)),
                                          named("name", b.getStringAttr(one.name)),
                                          named("kind", b.getStringAttr(one.slot ? "slot" : "parameter")),
                                          named("type", TypeAttr::get(one.type)), named("offset", integer(one.offset))};
    if (one.written)
      fields.push_back(named("written", b.getUnitAttr()));
    if (one.data >= 0)
      fields.push_back(named("data", integer(one.data)));
    stateAttrs.push_back(b.getDictionaryAttr(fields));
  }

  return b.getDictionaryAttr({named("dims", b.getArrayAttr(dimAttrs)),
                              named("functions", b.getArrayAttr(functionAttrs)),
                              named("state", b.getArrayAttr(stateAttrs)), named("state_bytes", integer(stateBytes)),
                              named("data_bytes", integer(dataBytes))});
}

//===-- From the attribute ------------------------------------------------===//

namespace {
/// Reads fields of dictionaries and remembers the first that is not as it
/// should be: hand-written and reduced modules come this way.
struct Reader {
  std::string wrong;

  template <typename T> T get(DictionaryAttr from, StringRef field) {
    auto value = from ? from.getAs<T>(field) : T();
    if (!value && wrong.empty())
      wrong = field.str();
    return value;
  }
  std::string text(DictionaryAttr from, StringRef field) {
    auto value = get<StringAttr>(from, field);
    return value ? value.getValue().str() : "";
  }
  int64_t integer(DictionaryAttr from, StringRef field) {
    auto value = get<IntegerAttr>(from, field);
    return value && value.getValue().getSignificantBits() <= 64 ? value.getValue().getSExtValue() : 0;
  }
  dl::DimExpr dim(DictionaryAttr from, StringRef field) {
    FailureOr<dl::DimExpr> value = dl::DimExpr::fromAttr(get<Attribute>(from, field));
    if (failed(value) && wrong.empty())
      wrong = field.str();
    return value.value_or(dl::DimExpr(0));
  }
  Type type(DictionaryAttr from, StringRef field) {
    auto value = get<TypeAttr>(from, field);
    return value ? value.getValue() : Type();
  }
  SmallVector<DictionaryAttr> list(DictionaryAttr from, StringRef field) {
    SmallVector<DictionaryAttr> entries;
    if (auto array = get<ArrayAttr>(from, field))
      for (Attribute entry : array) {
        entries.push_back(dyn_cast<DictionaryAttr>(entry));
        if (!entries.back() && wrong.empty())
          wrong = field.str();
      }
    return entries;
  }
  bool isElement(Type type) { return type && type.isIntOrFloat() && type.getIntOrFloatBitWidth() <= 64; }
};
} // namespace

static Interface::Argument readArgument(Reader &reader, DictionaryAttr attr) {
  Interface::Argument argument;
  argument.name = reader.text(attr, "name");
  std::string kind = reader.text(attr, "kind");
  argument.kind = kind == "output"  ? Interface::Kind::Output
                  : kind == "hyper" ? Interface::Kind::Hyper
                                    : Interface::Kind::Input;
  argument.type = reader.type(attr, "type");
  if (!reader.isElement(argument.type) && reader.wrong.empty())
    reader.wrong = "type";
  if (auto dims = reader.get<ArrayAttr>(attr, "dims")) {
    FailureOr<dl::DimVector> parsed = dl::fromAttr(dims);
    if (succeeded(parsed))
      argument.dims = *parsed;
    else if (reader.wrong.empty())
      reader.wrong = "dims";
  }
  if (attr && attr.contains("below"))
    argument.below = reader.integer(attr, "below");
  if (argument.kind == Interface::Kind::Hyper) {
    argument.defaultValue = reader.get<TypedAttr>(attr, "default");
    if (argument.defaultValue && cast<TypedAttr>(argument.defaultValue).getType() != argument.type &&
        reader.wrong.empty())
      reader.wrong = "default";
  }
  return argument;
}

FailureOr<Interface> Interface::of(ModuleOp module) {
  auto attr = module->getAttrOfType<DictionaryAttr>(attribute);
  if (!attr)
    return module.emitError("has no dl.interface: it was not made by "
                            "describe-interface");
  Reader reader;
  Interface result;
  for (DictionaryAttr entry : reader.list(attr, "dims"))
    result.dims.push_back(Dim{reader.text(entry, "name"), reader.integer(entry, "low"), reader.integer(entry, "high"),
                              reader.integer(entry, "bound")});
  for (DictionaryAttr entry : reader.list(attr, "functions")) {
    Function function;
    function.name = reader.text(entry, "name");
    function.trains = entry && entry.contains("trains");
    for (DictionaryAttr argument : reader.list(entry, "arguments"))
      function.arguments.push_back(readArgument(reader, argument));
    if (entry && entry.contains("requirements"))
      for (DictionaryAttr asked : reader.list(entry, "requirements"))
        function.requirements.push_back({reader.text(asked, "what"), reader.dim(asked, "given"),
                                         reader.dim(asked, "expected"), asked && asked.contains("exact")});
    result.functions.push_back(std::move(function));
  }
  for (DictionaryAttr entry : reader.list(attr, "state")) {
    State one;
    if (auto symbol = reader.get<FlatSymbolRefAttr>(entry, "symbol"))
      one.symbol = symbol.getValue().str();
    one.name = reader.text(entry, "name");
    one.slot = reader.text(entry, "kind") == "slot";
    one.type = dyn_cast_or_null<RankedTensorType>(reader.type(entry, "type"));
    if (reader.wrong.empty() &&
        (!one.type || !one.type.hasStaticShape() || !reader.isElement(one.type.getElementType())))
      reader.wrong = "type";
    one.offset = reader.integer(entry, "offset");
    one.written = entry && entry.contains("written");
    one.data = entry && entry.contains("data") ? reader.integer(entry, "data") : -1;
    result.state.push_back(std::move(one));
  }
  result.stateBytes = reader.integer(attr, "state_bytes");
  result.dataBytes = reader.integer(attr, "data_bytes");
  if (!reader.wrong.empty())
    return module.emitError("dl.interface is malformed at '") << reader.wrong << "'";
  return result;
}

} // namespace dlc
