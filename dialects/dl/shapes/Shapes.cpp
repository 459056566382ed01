// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/shapes/Shapes.h"

using namespace mlir;
using namespace dlc::dl;

Type dlc::dl::elementTypeOf(Value value) { return cast<RankedTensorType>(value.getType()).getElementType(); }

bool dlc::dl::areCompatible(TypeRange inferred, TypeRange declared) {
  if (inferred.size() != declared.size())
    return false;
  for (auto [left, right] : llvm::zip(inferred, declared)) {
    auto a = dyn_cast<RankedTensorType>(left), b = dyn_cast<RankedTensorType>(right);
    if (!a || !b || a.getElementType() != b.getElementType() || failed(verifyCompatibleShape(a, b)))
      return false;
  }
  return true;
}

DimVector dlc::dl::extentsOf(Type type, unsigned &fresh) {
  DimVector dims;
  for (int64_t extent : cast<RankedTensorType>(type).getShape())
    dims.push_back(ShapedType::isDynamic(extent) ? DimExpr::symbol("?" + std::to_string(fresh++)) : DimExpr(extent));
  return dims;
}

RankedTensorType dlc::dl::typeFor(ArrayRef<DimExpr> dims, Type elementType) {
  SmallVector<int64_t> extents;
  for (const DimExpr &dim : dims)
    extents.push_back(dim.isConstant() && dim.constant() >= 0 ? dim.constant() : ShapedType::kDynamic);
  return RankedTensorType::get(extents, elementType);
}

LogicalResult Shapes::checkAxes(StringRef what, ArrayRef<int64_t> axes, int64_t rank) {
  for (size_t i = 0; i < axes.size(); ++i) {
    if (axes[i] < 0 || axes[i] >= rank)
      return error(what, " names axis ", axes[i], " of a tensor of rank ", rank);
    if (llvm::is_contained(axes.take_front(i), axes[i]))
      return error(what, " names axis ", axes[i], " twice");
  }
  return success();
}

LogicalResult Shapes::require(const Twine &what, const DimExpr &given, const DimExpr &expected, bool exact) {
  if (isUnknown(given) || isUnknown(expected))
    return success();
  DimExpr distance = given - expected;
  if (!distance.isConstant()) {
    requirements.push_back({what.str(), given, expected, exact});
    return success();
  }
  if (exact ? distance.constant() == 0 : distance.constant() >= 0)
    return success();
  return error(what, " is ", given.str(), ", expected ", exact ? "" : "at least ", expected.str());
}

FailureOr<DimVector> Shapes::parse(ArrayAttr attr) {
  if (failed(staticExtents(location, attr)))
    return failure();
  DimVector dims = *fromAttr(attr);
  for (DimExpr &dim : dims) {
    if (values && !dim.isConstant()) {
      FailureOr<int64_t> value = dim.evaluate(*values);
      dim = succeeded(value) ? DimExpr(*value) : DimExpr::symbol("?");
    }
    if (failed(requireAtLeast("extent", dim, 0)))
      return failure();
  }
  return dims;
}

FailureOr<DimVector> Shapes::broadcast(ArrayRef<DimVector> list) {
  size_t rank = 0;
  for (const DimVector &dims : list)
    rank = std::max(rank, dims.size());
  DimVector result(rank, DimExpr(1));
  for (const DimVector &dims : list)
    for (size_t i = 0; i < dims.size(); ++i) {
      size_t axis = rank - dims.size() + i;
      if (dims[i] == DimExpr(1))
        continue;
      if (result[axis] == DimExpr(1))
        result[axis] = dims[i];
      else if (agree(result[axis], dims[i]))
        result[axis] = better(result[axis], dims[i]);
      else
        return error("operands do not broadcast: extents ", result[axis].str(), " and ", dims[i].str(), " in axis ",
                     axis);
    }
  return result;
}

LogicalResult dlc::dl::inferPointwise(std::optional<Location> location, StringRef name, ValueRange operands,
                                      Type elementType, SmallVectorImpl<Type> &results) {
  Shapes shapes(location, name.drop_front(3));
  unsigned fresh = 0;
  for (Value operand : operands)
    shapes.operands.push_back(extentsOf(operand.getType(), fresh));
  FailureOr<DimVector> dims = shapes.broadcast(shapes.operands);
  if (failed(dims))
    return failure();
  results.push_back(typeFor(*dims, elementType));
  return success();
}
