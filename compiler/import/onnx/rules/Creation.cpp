// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Tensors made from shapes and numbers.
#include "compiler/import/onnx/rules/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::onnx;
using dl::DimExpr;
using dl::DimVector;

static void shapeOf(NodeImport &n) {
  DimVector dims;
  if (const Symbolic *x = n.symbolic(0))
    dims.assign(x->shape.begin(), x->shape.end());
  else if (const Tensor *x = n.constant(0))
    dims.assign(x->dims.begin(), x->dims.end());
  else
    dims = n.dims(n.in(0));
  int64_t rank = static_cast<int64_t>(dims.size());
  auto place = [&](int64_t at) { return std::clamp<int64_t>(at < 0 ? at + rank : at, 0, rank); };
  int64_t start = place(n.intAttr("start", 0)), end = place(n.intAttr("end", rank));
  if (n.failed())
    return;
  Symbolic result{IntegerType::get(n.context(), 64), {std::max<int64_t>(end - start, 0)}, {}};
  for (int64_t i = start; i < end; ++i)
    result.elements.push_back(dims[i]);
  n.result(std::move(result));
}

static void size(NodeImport &n) {
  DimVector dims = n.dims(n.in(0));
  if (!n.failed())
    n.result(Symbolic{IntegerType::get(n.context(), 64), {}, {dl::product(dims)}});
}

/// Value, or one of its short forms.
static void constant(NodeImport &n) {
  if (n.node.attributes.size() != 1)
    return (void)n.error("has " + Twine(n.node.attributes.size()) + " attributes, expected one value");
  const onnx::Attribute *value = n.attribute(n.node.attributes[0].name);
  if (!value)
    return (void)n.error("has no value");
  auto tensor = std::make_shared<Tensor>();
  auto bytes = std::make_shared<std::vector<uint8_t>>();
  auto store = [&](const void *data, size_t size) {
    bytes->assign(static_cast<const uint8_t *>(data), static_cast<const uint8_t *>(data) + size);
  };
  switch (value->kind) {
  case onnx::Attribute::Kind::Tensor:
    return n.resultConstant(value->tensor);
  case onnx::Attribute::Kind::Float:
    tensor->type = ElementType::Float;
    store(&value->f, sizeof value->f);
    tensor->elements = 1;
    break;
  case onnx::Attribute::Kind::Int:
    tensor->type = ElementType::Int64;
    store(&value->i, sizeof value->i);
    tensor->elements = 1;
    break;
  case onnx::Attribute::Kind::Floats:
    tensor->type = ElementType::Float;
    store(value->floats.data(), value->floats.size() * sizeof(float));
    tensor->elements = static_cast<int64_t>(value->floats.size());
    tensor->dims = {tensor->elements};
    break;
  case onnx::Attribute::Kind::Ints:
    tensor->type = ElementType::Int64;
    store(value->ints.data(), value->ints.size() * sizeof(int64_t));
    tensor->elements = static_cast<int64_t>(value->ints.size());
    tensor->dims = {tensor->elements};
    break;
  default:
    return (void)n.error("attribute '" + printable(value->name) + "' is not supported, expected numbers");
  }
  tensor->bytes = *bytes;
  // The tensor and its bytes live as long as either is used.
  n.resultConstant(std::shared_ptr<const Tensor>(tensor.get(), [tensor, bytes](const Tensor *) {}));
}

static void constantOfShape(NodeImport &n) {
  std::optional<DimVector> dims = n.extents(0, "shape");
  if (n.failed())
    return;
  for (const DimExpr &dim : *dims)
    if (dim.isConstant() && dim.constant() < 0)
      return (void)n.error("makes an extent of " + dim.str());
  const onnx::Attribute *value = n.attribute("value");
  if (value && (value->kind != onnx::Attribute::Kind::Tensor || value->tensor->elements != 1))
    return (void)n.error("attribute 'value' is no tensor of one element");
  Type type = value ? n.elementTypeFor(value->tensor->type) : Float32Type::get(n.context());
  if (!type)
    return (void)n.error("element type " + nameOf(value->tensor->type) + " is not supported");
  double number = value ? scalarOf(*value->tensor, type) : 0;
  bool isStatic = llvm::all_of(*dims, [](const DimExpr &d) { return d.isConstant(); });
  if (isStatic && type.isSignlessInteger() && !type.isInteger(8)) {
    int64_t count = 1;
    bool small = true;
    Symbolic result{type, {}, {}};
    for (const DimExpr &dim : *dims) {
      small &= !__builtin_mul_overflow(count, dim.constant(), &count) && count <= Symbolic::maxElements;
      result.shape.push_back(dim.constant());
    }
    if (small) {
      result.elements.assign(static_cast<size_t>(count), DimExpr(static_cast<int64_t>(number)));
      return n.result(std::move(result));
    }
  }
  n.result(n.broadcast(n.constantOf(number, type), *dims));
}

/// start, start + delta, ... below limit. Its length must be an expression.
static void range(NodeImport &n) {
  const Symbolic *start = n.symbolic(0), *limit = n.symbolic(1), *delta = n.symbolic(2);
  if (!start || !limit || !delta) {
    std::optional<double> from = n.scalar(0), to = n.scalar(1), by = n.scalar(2);
    const Tensor *typed = n.constant(0);
    if (!from || !to || !by || !typed || *by == 0)
      return (void)n.error("its length depends on data");
    double count = std::ceil((*to - *from) / *by);
    if (!(count < 1 << 30))
      return (void)n.error("has more than 2^30 elements");
    Type type = n.elementTypeFor(typed->type);
    if (!type)
      return (void)n.error("element type " + nameOf(typed->type) + " is not supported");
    Value steps = n.iota(DimVector{DimExpr(static_cast<int64_t>(std::max(count, 0.0)))}, 0, type);
    return n.result(
        n.emit<dl::AddOp>({n.emit<dl::MulOp>({steps, n.constantOf(*by, type)}), n.constantOf(*from, type)}));
  }
  if (start->elements.size() != 1 || limit->elements.size() != 1 || delta->elements.size() != 1)
    return (void)n.error("expects scalars");
  DimExpr from = start->elements[0], to = limit->elements[0], by = delta->elements[0];
  if (!by.isConstant() || by == DimExpr(0) || by.constant() == INT64_MIN)
    return (void)n.error("its step is " + by.str() + ", expected a number other than 0");
  DimExpr length = by.constant() > 0 ? to - from : from - to;
  DimExpr count = length.ceilDiv(std::abs(by.constant()));
  if (count.isConstant() && count.constant() < 0)
    count = 0;
  Type type = start->elementType;
  if (count.isConstant() && count.constant() <= Symbolic::maxElements) {
    Symbolic result{type, {count.constant()}, {}};
    for (int64_t i = 0; i < count.constant(); ++i)
      result.elements.push_back(from + by * DimExpr(i));
    return n.result(std::move(result));
  }
  Value value = n.iota(DimVector{count}, 0, type);
  if (by != DimExpr(1))
    value = n.emit<dl::MulOp>({value, n.constantOf(static_cast<double>(by.constant()), type)});
  if (from != DimExpr(0)) {
    Value first = n.in(0);
    value = n.emit<dl::AddOp>({value, first && n.rank(first) ? n.reshape(first, {}) : first});
  }
  n.result(value);
}

/// Keeps what lies on or above (upper) or below the k-th diagonal.
static void trilu(NodeImport &n) {
  Value x = n.in(0);
  int64_t rank = n.rank(x), k = 0;
  if (n.has(1)) {
    auto given = n.ints(1, "k");
    if (!given || given->size() != 1)
      return (void)n.error("expects one diagonal");
    k = (*given)[0];
  }
  if (n.failed() || rank < 2)
    return (void)n.error("has rank " + Twine(rank) + ", expected 2 or more");
  DimVector dims = n.dims(x), matrix(dims.end() - 2, dims.end());
  Type i64 = IntegerType::get(n.context(), 64);
  Value row = n.iota(matrix, 0, i64), column = n.iota(matrix, 1, i64);
  Value edge = n.emit<dl::AddOp>({row, n.constantOf(static_cast<double>(k), i64)});
  Value kept = n.compare(n.intAttr("upper", 1) ? dl::Predicate::ge : dl::Predicate::le, column, edge);
  n.result(n.emit<dl::SelectOp>({kept, x, n.like(0, x)}));
}

static void eyeLike(NodeImport &n) {
  Value x = n.in(0);
  Type type =
      n.attribute("dtype") ? n.elementTypeFor(static_cast<ElementType>(n.intAttr("dtype", 1))) : n.elementType(x);
  if (n.failed() || !type || n.rank(x) != 2)
    return (void)n.error("expects a matrix of a supported element type");
  Type i64 = IntegerType::get(n.context(), 64);
  Value row = n.iota(n.dims(x), 0, i64), column = n.iota(n.dims(x), 1, i64);
  Value edge = n.emit<dl::AddOp>({row, n.constantOf(static_cast<double>(n.intAttr("k", 0)), i64)});
  n.result(n.cast(n.compare(dl::Predicate::eq, column, edge), type));
}

/// values = [off, on]; indices below 0 count from the end, others outside give a row of off.
static void oneHot(NodeImport &n) {
  Value indices = n.in(0), values = n.in(2);
  std::optional<DimVector> depth = n.extents(1, "depth");
  if (n.failed() || depth->size() != 1)
    return (void)n.error("expects one depth");
  int64_t axis = n.axis(n.intAttr("axis", -1), n.rank(indices) + 1);
  if (n.failed() || !isa<IntegerType>(n.elementType(indices)))
    return (void)n.error("indices are not integers");
  Type i64 = IntegerType::get(n.context(), 64);
  DimVector dims = n.dims(indices), open = dims;
  open.insert(open.begin() + axis, DimExpr(1));
  dims.insert(dims.begin() + axis, (*depth)[0]);
  Value at = n.reshape(n.cast(indices, i64), open), places = n.iota(dims, axis, i64);
  Value end = n.cast(n.in(1), i64);
  end = end && n.rank(end) ? n.reshape(end, {}) : end;
  at = n.emit<dl::SelectOp>({n.compare(dl::Predicate::lt, at, n.like(0, at)), n.emit<dl::AddOp>({at, end}), at});
  Value off = n.reshape(n.slice(values, 0, 0, 1), {}), on = n.reshape(n.slice(values, 0, 1, 1), {});
  n.result(n.emit<dl::SelectOp>({n.compare(dl::Predicate::eq, places, at), on, off}));
}

ArrayRef<OpRule> dlc::onnx::creationRules() {
  static const OpRule rules[] = {
      {"Constant", 7, 0, 0, 1, "value value_float value_floats value_int value_ints", constant},
      {"ConstantOfShape", 9, 1, 1, 1, "value", constantOfShape},
      {"EyeLike", 9, 1, 1, 1, "dtype k", eyeLike},
      {"OneHot", 9, 3, 3, 1, "axis", oneHot},
      {"Range", 11, 3, 3, 1, "stash_type", range},
      {"Shape", 7, 1, 1, 1, "start end", shapeOf},
      {"Size", 7, 1, 1, 1, "", size},
      {"Trilu", 14, 1, 2, 1, "upper", trilu},
  };
  return rules;
}
