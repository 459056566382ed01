// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// From what is known of a value to a tensor in the IR: constants, parameters,
// and arithmetic on dimensions. Weight bytes stay where the reader put them.
#include "compiler/import/onnx/Importer.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::onnx;
using dl::DimExpr;
using dl::DimVector;

Value Importer::materialise(Known &known, StringRef name, Location location) {
  if (known.value)
    return known.value;
  if (known.constant)
    known.value = materialise(known.constant, name, location);
  else if (known.symbolic)
    known.value = materialise(*known.symbolic, location);
  return known.value;
}

/// Bytes a constant may have in the IR's text; more become resources.
static constexpr size_t inlineBytes = 1024;

static ElementsAttr elementsFor(const std::shared_ptr<const Tensor> &owner, RankedTensorType type, StringRef name,
                                const std::shared_ptr<Model> &model) {
  const Tensor &tensor = *owner;
  if (type.getElementType().isInteger(1)) {
    SmallVector<bool> bits;
    for (uint8_t byte : tensor.bytes)
      bits.push_back(byte != 0);
    return DenseElementsAttr::get(type, bits);
  }
  ArrayRef<char> bytes(reinterpret_cast<const char *>(tensor.bytes.data()), tensor.bytes.size());
  if (bytes.size() <= inlineBytes)
    return DenseElementsAttr::getFromRawBuffer(type, bytes);
  // Alignment: what reads a resource as elements needs their own; strings of
  // this size come from malloc, external data may start anywhere.
  AsmResourceBlob blob;
  if (reinterpret_cast<uintptr_t>(bytes.data()) % 16 == 0)
    blob = AsmResourceBlob(bytes, 16, [model, owner](void *, size_t, size_t) {}, /*dataIsMutable=*/false);
  else
    blob = HeapAsmResourceBlob::allocateAndCopyWithAlign(bytes, 64);
  return DenseResourceElementsAttr::get(type, name, std::move(blob));
}

Value Importer::materialise(const std::shared_ptr<const Tensor> &owner, StringRef name, Location location) {
  const Tensor &tensor = *owner;
  Type elementType = elementTypeFor(tensor.type);
  if (!elementType) {
    captured = "'" + printable(name.str()) + "' has element type " + nameOf(tensor.type) + ", which is not supported";
    return {};
  }
  auto type = RankedTensorType::get(tensor.dims, elementType);
  if (tensor.elements == 0) {
    captured = "'" + printable(name.str()) + "' has no elements, which is not supported";
    return {};
  }
  Location own = NameLoc::get(builder.getStringAttr(name));
  // One element is a number in a formula, integers are tables of places: both
  // are constants. Other floats may be weights.
  bool isTable = isa<IntegerType>(elementType) && tensor.bytes.size() <= 64 * 1024;
  if (tensor.elements == 1 || isTable)
    return dl::ConstantOp::create(builder, own, elementsFor(owner, type, name, model));
  std::string symbol = uniqueSymbol(name);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(entry);
    dl::ParameterOp::create(builder, own, builder.getStringAttr(symbol), TypeAttr::get(type),
                            elementsFor(owner, type, symbol, model),
                            /*frozen=*/builder.getUnitAttr()); // until a rule says it is a weight
  }
  return dl::ReadOp::create(builder, own, type, FlatSymbolRefAttr::get(context, symbol));
}

Value Importer::materialise(const Symbolic &symbolic, Location location) {
  auto type = RankedTensorType::get(symbolic.shape, symbolic.elementType);
  if (symbolic.elements.empty()) {
    captured = "computes an empty tensor, which is not supported";
    return {};
  }
  if (symbolic.isConstant()) {
    SmallVector<APInt> values;
    for (const DimExpr &element : symbolic.elements)
      values.push_back(
          APInt(symbolic.elementType.getIntOrFloatBitWidth(), static_cast<uint64_t>(element.constant()), true, true));
    return dl::ConstantOp::create(builder, location, DenseElementsAttr::get(type, values));
  }
  SmallVector<Value> parts;
  DimVector one{DimExpr(1)};
  for (const DimExpr &element : symbolic.elements) {
    Value scalar = materialise(element, location);
    if (!scalar)
      return {};
    parts.push_back(symbolic.shape.empty()
                        ? scalar
                        : Value(dl::ReshapeOp::create(builder, location, scalar, toAttr(context, one))));
  }
  Value value = parts.size() == 1 ? parts[0]
                                  : Value(dl::ConcatOp::create(builder, location, parts, builder.getI64IntegerAttr(0)));
  DimVector shape(symbolic.shape.begin(), symbolic.shape.end());
  if (symbolic.shape.size() > 1)
    value = dl::ReshapeOp::create(builder, location, value, toAttr(context, shape));
  if (!symbolic.elementType.isInteger(64))
    value = dl::CastOp::create(builder, location, value, symbolic.elementType);
  return value;
}

Value Importer::materialise(const DimExpr &expr, Location location) {
  auto scalar = RankedTensorType::get({}, builder.getI64Type());
  auto constant = [&](int64_t value) -> Value {
    return dl::ConstantOp::create(builder, location, DenseElementsAttr::get(scalar, value));
  };
  Value sum;
  for (const auto &[monomial, coefficient] : expr.terms()) {
    Value product = coefficient == 1 && !monomial.empty() ? Value() : constant(coefficient);
    for (const DimExpr::Atom &atom : monomial) {
      Value factor;
      if (atom.numerator) {
        Value numerator = materialise(*atom.numerator, location),
              denominator = materialise(*atom.denominator, location);
        factor =
            numerator && denominator ? Value(dl::DivOp::create(builder, location, numerator, denominator)) : Value();
      } else if (auto source = dimensionSources.find(atom.name); source != dimensionSources.end()) {
        factor = dl::DimOp::create(builder, location, source->second.first,
                                   builder.getI64IntegerAttr(source->second.second));
      }
      if (!factor) {
        captured = "dimension '" + atom.str() + "' is no extent of an input";
        return {};
      }
      product = product ? Value(dl::MulOp::create(builder, location, product, factor)) : factor;
    }
    sum = sum ? Value(dl::AddOp::create(builder, location, sum, product)) : product;
  }
  return sum ? sum : constant(0);
}
