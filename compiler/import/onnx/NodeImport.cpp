// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a rule sees of its node, and how it builds ops that cannot abort.
#include "compiler/import/onnx/Importer.h"
#include "mlir/IR/Verifier.h"
#include "llvm/ADT/APFloat.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::onnx;
using dl::DimExpr;
using dl::DimVector;

std::nullptr_t NodeImport::error(const Twine &what) {
  if (message.empty())
    message = what.str();
  return nullptr;
}

//===-- Inputs -----------------------------------------------------------===//

Known *NodeImport::known(size_t i) { return has(i) ? importer.find(node.inputs[i], scope) : nullptr; }

const Tensor *NodeImport::constant(size_t i) {
  Known *input = known(i);
  return input ? input->constant.get() : nullptr;
}

Value NodeImport::in(size_t i) {
  if (failed())
    return {};
  Known *input = known(i);
  if (!input)
    return error("input " + Twine(i) + " is left out");
  Value value = importer.materialise(*input, node.inputs[i], location);
  return value ? value : Value(error(importer.captured));
}

Value NodeImport::weight(size_t i) {
  Value value = in(i);
  Value at = value;
  while (at && at.getDefiningOp() &&
         isa<dl::TransposeOp, dl::ReshapeOp, dl::CastOp, dl::SliceOp, dl::BroadcastOp>(at.getDefiningOp()))
    at = at.getDefiningOp()->getOperand(0);
  if (auto read = at ? at.getDefiningOp<dl::ReadOp>() : nullptr)
    if (auto parameter = importer.module->lookupSymbol<dl::ParameterOp>(read.getSymbol()))
      parameter.setFrozen(!isa<FloatType>(dl::elementTypeOf(at)));
  return value;
}

const Symbolic *NodeImport::symbolic(size_t i) {
  Known *input = known(i);
  if (!input)
    return nullptr;
  if (!input->symbolic && input->constant) {
    const Tensor &tensor = *input->constant;
    Type type = elementTypeFor(tensor.type);
    if (!type || !type.isSignlessInteger() || type.isInteger(8) || tensor.elements > Symbolic::maxElements)
      return nullptr;
    auto symbolic = std::make_shared<Symbolic>();
    symbolic->elementType = type;
    symbolic->shape.assign(tensor.dims.begin(), tensor.dims.end());
    for (int64_t e = 0; e < tensor.elements; ++e) {
      const uint8_t *bytes = tensor.bytes.data() + static_cast<size_t>(e) * widthOf(tensor.type);
      int64_t value = 0;
      if (type.isInteger(64)) {
        memcpy(&value, bytes, 8);
      } else if (type.isInteger(32)) {
        int32_t narrow;
        memcpy(&narrow, bytes, 4);
        value = narrow;
      } else {
        value = *bytes != 0;
      }
      symbolic->elements.push_back(value);
    }
    input->symbolic = symbolic;
  }
  return input->symbolic.get();
}

std::optional<DimVector> NodeImport::extents(size_t i, StringRef what) {
  if (failed())
    return std::nullopt;
  const Symbolic *known = symbolic(i);
  if (!known) {
    error(what +
          (has(i) ? " (" + Twine("'") + printable(node.inputs[i]) + "') depends on data" : Twine(" is left out")));
    return std::nullopt;
  }
  if (known->shape.size() > 1) {
    error(what + " has rank " + Twine(known->shape.size()) + ", expected 0 or 1");
    return std::nullopt;
  }
  return DimVector(known->elements.begin(), known->elements.end());
}

std::optional<SmallVector<int64_t>> NodeImport::ints(size_t i, StringRef what) {
  std::optional<DimVector> values = extents(i, what);
  if (!values)
    return std::nullopt;
  SmallVector<int64_t> result;
  for (const DimExpr &value : *values) {
    if (!value.isConstant()) {
      error(what + " depends on a dimension: " + value.str());
      return std::nullopt;
    }
    result.push_back(value.constant());
  }
  return result;
}

double dlc::onnx::scalarOf(const Tensor &tensor, Type type) {
  uint64_t bits = 0;
  memcpy(&bits, tensor.bytes.data(), std::min(tensor.bytes.size(), sizeof bits));
  if (auto floating = dyn_cast<FloatType>(type)) {
    APFloat value(floating.getFloatSemantics(), APInt(floating.getWidth(), bits));
    bool losesInfo;
    value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven, &losesInfo);
    return value.convertToDouble();
  }
  unsigned width = 8 * widthOf(tensor.type);
  return type.isUnsignedInteger() || type.isInteger(1) ? static_cast<double>(bits)
                                                       : static_cast<double>(llvm::SignExtend64(bits, width));
}

std::optional<double> NodeImport::scalar(size_t i) {
  if (const Symbolic *known = symbolic(i); known && known->elements.size() == 1 && known->elements[0].isConstant())
    return static_cast<double>(known->elements[0].constant());
  const Tensor *tensor = constant(i);
  if (!tensor || tensor->elements != 1 || tensor->bytes.empty())
    return std::nullopt;
  Type type = elementTypeFor(tensor->type);
  return type ? std::optional(scalarOf(*tensor, type)) : std::nullopt;
}

//===-- Attributes -------------------------------------------------------===//

const onnx::Attribute *NodeImport::attribute(StringRef name) {
  for (const onnx::Attribute &attribute : node.attributes) {
    if (attribute.name != name)
      continue;
    const onnx::Attribute *at = &attribute;
    Scope *inside = &scope; // a branch in a function's body refers to the function's call too
    while (!at->reference.empty()) {
      while (inside && !inside->call)
        inside = inside->outer;
      if (!inside)
        return error("attribute '" + printable(at->name) + "' refers to '" + printable(at->reference) +
                     "' outside a function");
      const onnx::Attribute *given = nullptr;
      for (const onnx::Attribute &argument : inside->call->attributes)
        if (argument.name == at->reference)
          given = &argument;
      if (!given)
        return nullptr; // left out by the caller
      at = given;
      inside = inside->callScope;
    }
    return at;
  }
  return nullptr;
}

/// The attribute if it is there and of this kind; an error if of another.
static const onnx::Attribute *ofKind(NodeImport &n, StringRef name, onnx::Attribute::Kind kind, StringRef expected) {
  const onnx::Attribute *attribute = n.attribute(name);
  if (attribute && attribute->kind != kind) {
    n.error("attribute '" + name + "' has another type, expected " + expected);
    return nullptr;
  }
  return attribute;
}
int64_t NodeImport::intAttr(StringRef name, int64_t otherwise) {
  const onnx::Attribute *a = ofKind(*this, name, onnx::Attribute::Kind::Int, "an integer");
  return a ? a->i : otherwise;
}
double NodeImport::floatAttr(StringRef name, double otherwise) {
  const onnx::Attribute *a = ofKind(*this, name, onnx::Attribute::Kind::Float, "a float");
  return a ? a->f : otherwise;
}
std::string NodeImport::stringAttr(StringRef name, StringRef otherwise) {
  const onnx::Attribute *a = ofKind(*this, name, onnx::Attribute::Kind::String, "a string");
  return a ? a->s : otherwise.str();
}
std::optional<SmallVector<int64_t>> NodeImport::intsAttr(StringRef name) {
  const onnx::Attribute *a = ofKind(*this, name, onnx::Attribute::Kind::Ints, "integers");
  return a ? std::optional(SmallVector<int64_t>(a->ints.begin(), a->ints.end())) : std::nullopt;
}

int64_t NodeImport::axis(int64_t value, int64_t rank) {
  if (value >= -rank && value < rank)
    return value < 0 ? value + rank : value;
  error("axis " + Twine(value) + " is outside a tensor of rank " + Twine(rank));
  return 0;
}

std::optional<SmallVector<int64_t>> NodeImport::axes(ArrayRef<int64_t> values, int64_t rank) {
  SmallVector<int64_t> result;
  for (int64_t value : values) {
    result.push_back(axis(value, rank));
    if (failed())
      return std::nullopt;
  }
  llvm::sort(result);
  if (std::adjacent_find(result.begin(), result.end()) != result.end()) {
    error("names an axis twice");
    return std::nullopt;
  }
  return result;
}

std::optional<SmallVector<int64_t>> NodeImport::axesOf(size_t i, int64_t inputSince) {
  if (opset < inputSince)
    return intsAttr("axes");
  return has(i) ? ints(i, "axes") : std::nullopt;
}

//===-- Building ---------------------------------------------------------===//

DimVector NodeImport::dims(Value value) { return value ? DimVector(importer.analysis.of(value)) : DimVector(); }
Type NodeImport::elementTypeFor(ElementType type) { return importer.elementTypeFor(type); }

/// Like OpTy::create, except that a rule that fails is an error of this node:
/// the generated builders abort instead.
Value NodeImport::emit(StringRef op, ValueRange operands, ArrayRef<NamedAttribute> attributes, Type type) {
  if (failed() || llvm::any_of(operands, [](Value v) { return !v; }))
    return {};
  importer.captured.clear();
  auto refuse = [&]() -> Value {
    return error(importer.captured.empty() ? "'" + op + "' cannot be built" : Twine(importer.captured));
  };
  OperationName name(op, context());
  OperationState state(location, name);
  state.addOperands(operands);
  state.addAttributes(attributes);
  if (type) {
    state.addTypes(type);
  } else {
    auto *inference = name.getInterface<InferTypeOpInterface>();
    DictionaryAttr dictionary = state.attributes.getDictionary(context());
    std::vector<std::max_align_t> storage(name.getOpPropertyByteSize() / sizeof(std::max_align_t) + 1);
    OpaqueProperties properties =
        name.getOpPropertyByteSize() ? OpaqueProperties(storage.data()) : OpaqueProperties(nullptr);
    SmallVector<Type> types;
    bool inferred = false;
    if (properties) {
      name.initOpProperties(properties, /*init=*/nullptr);
      name.populateDefaultProperties(properties);
    }
    if (inference && (!properties || succeeded(name.setOpPropertiesFromAttribute(name, properties, dictionary,
                                                                                 [&] { return emitError(location); }))))
      inferred =
          succeeded(inference->inferReturnTypes(context(), location, operands, dictionary, properties, {}, types)) &&
          types.size() == 1;
    if (properties)
      name.destroyOpProperties(properties);
    if (!inferred)
      return refuse();
    state.addTypes(types);
  }
  Operation *built = importer.builder.create(state);
  if (mlir::failed(verify(built, /*verifyRecursively=*/false)))
    return refuse();
  // Extents by name may disagree where those of types could not.
  Value result = built->getResult(0);
  importer.captured.clear();
  ArrayRef<DimExpr> dims = importer.analysis.of(result);
  if (!importer.captured.empty())
    return refuse();
  auto tensor = cast<RankedTensorType>(result.getType());
  SmallVector<int64_t> extents(tensor.getShape());
  for (auto [extent, dim] : llvm::zip(extents, dims)) {
    if (dim.isConstant() && dim.constant() < 0)
      return error("has a result of extent " + Twine(dim.constant()));
    if (ShapedType::isDynamic(extent) && dim.isConstant())
      extent = dim.constant();
  }
  result.setType(tensor.clone(extents));
  return result;
}

NamedAttribute NodeImport::i64(StringRef name, int64_t value) {
  return importer.builder.getNamedAttr(name, importer.builder.getI64IntegerAttr(value));
}
NamedAttribute NodeImport::f64(StringRef name, double value) {
  return importer.builder.getNamedAttr(name, importer.builder.getF64FloatAttr(value));
}
NamedAttribute NodeImport::unit(StringRef name) {
  return importer.builder.getNamedAttr(name, importer.builder.getUnitAttr());
}
NamedAttribute NodeImport::array(StringRef name, ArrayRef<int64_t> values) {
  return importer.builder.getNamedAttr(name, importer.builder.getDenseI64ArrayAttr(values));
}
NamedAttribute NodeImport::extentsAttr(StringRef name, ArrayRef<DimExpr> values) {
  return importer.builder.getNamedAttr(name, dl::toAttr(context(), values));
}

Value NodeImport::constantOf(double value, Type elementType) {
  auto type = RankedTensorType::get({}, elementType);
  DenseElementsAttr elements;
  if (auto floating = dyn_cast<FloatType>(elementType))
    elements = DenseElementsAttr::get(type, FloatAttr::get(floating, value).getValue());
  else
    elements = DenseElementsAttr::get(type, APInt(elementType.getIntOrFloatBitWidth(),
                                                  static_cast<uint64_t>(static_cast<int64_t>(value)), true, true));
  return emit<dl::ConstantOp>({}, {importer.builder.getNamedAttr("value", elements)}, type);
}

Value NodeImport::cast(Value value, Type type) {
  if (!value || elementType(value) == type)
    return value;
  return emit<dl::CastOp>(value, {}, llvm::cast<RankedTensorType>(value.getType()).clone(type));
}

Value NodeImport::reshape(Value value, ArrayRef<DimExpr> target) {
  if (!value || DimVector(target) == dims(value))
    return value;
  for (const DimExpr &dim : target)
    if (dim.isConstant() && dim.constant() < 0)
      return error("reshapes to an extent of " + Twine(dim.constant()));
  return emit<dl::ReshapeOp>(value, extentsAttr("dims", target));
}

Value NodeImport::broadcast(Value value, ArrayRef<DimExpr> target) {
  if (!value || DimVector(target) == dims(value))
    return value;
  for (const DimExpr &dim : target)
    if (dim.isConstant() && dim.constant() < 0)
      return error("broadcasts to an extent of " + Twine(dim.constant()));
  return emit<dl::BroadcastOp>(value, extentsAttr("dims", target));
}

Value NodeImport::transpose(Value value, ArrayRef<int64_t> permutation) {
  if (value && llvm::equal(permutation, llvm::seq<int64_t>(0, rank(value))))
    return value;
  return emit<dl::TransposeOp>(value, array("permutation", permutation));
}

Value NodeImport::slice(Value value, int64_t axis, DimExpr start, DimExpr extent, int64_t stride) {
  if (!value || failed())
    return {};
  DimVector starts(rank(value), DimExpr(0)), extents = dims(value);
  if (start == DimExpr(0) && extent == extents[axis] && stride == 1)
    return value;
  SmallVector<int64_t> strides(rank(value), 1);
  starts[axis] = start;
  extents[axis] = extent;
  strides[axis] = stride;
  return emit<dl::SliceOp>(value,
                           {extentsAttr("starts", starts), extentsAttr("dims", extents), array("strides", strides)});
}

Value NodeImport::compare(dl::Predicate predicate, Value lhs, Value rhs) {
  return emit<dl::CompareOp>({lhs, rhs},
                             importer.builder.getNamedAttr("predicate", dl::PredicateAttr::get(context(), predicate)));
}

Value NodeImport::iota(ArrayRef<DimExpr> target, int64_t axis, Type elementType) {
  SmallVector<int64_t> extents;
  for (const DimExpr &dim : target)
    extents.push_back(dim.isConstant() ? dim.constant() : ShapedType::kDynamic);
  return emit<dl::IotaOp>({}, {i64("axis", axis), extentsAttr("dims", target)},
                          RankedTensorType::get(extents, elementType));
}

Value NodeImport::emitDropout(Value input, double rate) {
  Value training = constantOf(0, importer.builder.getI1Type());
  auto scalar = RankedTensorType::get({}, importer.builder.getI64Type());
  Value seed = emit<dl::SeedOp>({}, {}, scalar), step = emit<dl::StepOp>({}, {}, scalar);
  return emit<dl::DropoutOp>({input, training, seed, step}, {f64("rate", rate), i64("stream", ++importer.streams)});
}

void NodeImport::bound(const DimExpr &name, int64_t limit) {
  if (!name.isConstant() && importer.dimensionSources.count(name.str())) {
    auto [entry, isNew] = importer.bounds.try_emplace(name.str(), limit);
    entry->second = std::min(entry->second, limit);
  }
}

//===-- Outputs ----------------------------------------------------------===//

void NodeImport::result(Value value, size_t i) {
  if (value && i < outputs.size())
    outputs[i].value = value;
}
void NodeImport::result(Symbolic symbolic, size_t i) {
  if (i < outputs.size())
    outputs[i].symbolic = std::make_shared<Symbolic>(std::move(symbolic));
}
void NodeImport::resultConstant(std::shared_ptr<const Tensor> tensor) { outputs[0].constant = std::move(tensor); }
void NodeImport::forward(size_t j, size_t i) {
  if (Known *input = known(j)) {
    if (i < outputs.size())
      outputs[i] = *input;
  } else {
    error("input " + Twine(j) + " is left out");
  }
}

void NodeImport::importBranch(const Graph &graph) {
  if (depth >= importer.options.maxDepth) {
    error("branches nest deeper than " + Twine(importer.options.maxDepth));
    return;
  }
  if (!graph.inputs.empty() || graph.outputs.size() < outputs.size()) {
    error("branch has " + Twine(graph.inputs.size()) + " inputs and " + Twine(graph.outputs.size()) +
          " outputs, expected none and " + Twine(outputs.size()));
    return;
  }
  Scope branch;
  branch.outer = &scope;
  branch.opsets = scope.opsets;
  if (!importer.addInitializers(graph, branch) || !importer.importNodes(graph.nodes, branch, depth + 1)) {
    ended = true;
    return;
  }
  for (size_t i = 0; i < outputs.size(); ++i) {
    Known *known = importer.find(graph.outputs[i].name, branch);
    if (!known) {
      error("branch does not compute '" + printable(graph.outputs[i].name) + "'");
      return;
    }
    outputs[i] = *known;
  }
}
