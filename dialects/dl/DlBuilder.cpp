// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/DlBuilder.h"

using namespace mlir;
using namespace dlc::dl;

Type DlBuilder::wide(Type type) { return type.isF16() || type.isBF16() ? Float32Type::get(type.getContext()) : type; }

Value DlBuilder::constant(double value, Type elementType) {
  auto type = RankedTensorType::get({}, elementType);
  if (auto floating = dyn_cast<FloatType>(elementType))
    return create<ConstantOp>(DenseElementsAttr::get(type, FloatAttr::get(floating, value).getValue()));
  auto integer = cast<IntegerType>(elementType);
  return create<ConstantOp>(DenseElementsAttr::get(
      type, APInt(integer.getWidth(), static_cast<int64_t>(value), true, /*implicitTrunc=*/true)));
}

Value DlBuilder::full(double value, Type elementType, ArrayRef<DimExpr> dims) {
  return broadcast(constant(value, elementType), dims);
}

Value DlBuilder::zeros(Value shapedLike) { return full(0.0, elementType(shapedLike), DimVector(dims(shapedLike))); }

Value DlBuilder::cast(Value a, Type type) { return elementType(a) == type ? a : Value(create<CastOp>(a, type)); }

Value DlBuilder::reduceSum(Value a, ArrayRef<int64_t> axes, bool keep) {
  return axes.empty() ? a
                      : Value(create<ReduceSumOp>(a, builder.getDenseI64ArrayAttr(axes),
                                                  keep ? builder.getUnitAttr() : UnitAttr()));
}

Value DlBuilder::reduceMax(Value a, ArrayRef<int64_t> axes, bool keep) {
  return axes.empty() ? a
                      : Value(create<ReduceMaxOp>(a, builder.getDenseI64ArrayAttr(axes),
                                                  keep ? builder.getUnitAttr() : UnitAttr()));
}

Value DlBuilder::contract(Value a, Value b, ArrayRef<int64_t> aBatch, ArrayRef<int64_t> bBatch,
                          ArrayRef<int64_t> aContract, ArrayRef<int64_t> bContract) {
  return create<ContractOp>(a, b, builder.getDenseI64ArrayAttr(aBatch), builder.getDenseI64ArrayAttr(bBatch),
                            builder.getDenseI64ArrayAttr(aContract), builder.getDenseI64ArrayAttr(bContract));
}

Value DlBuilder::transpose(Value a, ArrayRef<int64_t> permutation) {
  bool identity =
      llvm::all_of(llvm::enumerate(permutation), [](auto p) { return static_cast<int64_t>(p.index()) == p.value(); });
  return identity ? a : Value(create<TransposeOp>(a, builder.getDenseI64ArrayAttr(permutation)));
}

Value DlBuilder::reshape(Value a, ArrayRef<DimExpr> target) {
  DimVector copy(target); // the analysis may move what `target` points into
  return ArrayRef<DimExpr>(copy) == dims(a) ? a : Value(create<ReshapeOp>(a, toAttr(context(), copy)));
}

Value DlBuilder::broadcast(Value a, ArrayRef<DimExpr> target) {
  DimVector copy(target);
  return ArrayRef<DimExpr>(copy) == dims(a) ? a : Value(create<BroadcastOp>(a, toAttr(context(), copy)));
}

Value DlBuilder::expandDims(Value a, ArrayRef<int64_t> axes) {
  DimVector target, source(dims(a));
  size_t next = 0;
  for (size_t i = 0, e = source.size() + axes.size(); i < e; ++i)
    target.push_back(llvm::is_contained(axes, static_cast<int64_t>(i)) ? DimExpr(1) : source[next++]);
  return reshape(a, target);
}

Value DlBuilder::count(Value a, ArrayRef<int64_t> axes, Type type) {
  DimExpr total(1);
  for (int64_t axis : axes)
    total = total * dims(a)[axis];
  if (total.isConstant())
    return constant(static_cast<double>(total.constant()), type);
  Value result;
  for (int64_t axis : axes) {
    Value extent = create<DimOp>(a, builder.getI64IntegerAttr(axis));
    result = result ? mul(result, extent) : extent;
  }
  return cast(result, type);
}

Value DlBuilder::sumTo(Value a, Value shapedLike) {
  DimVector from(dims(a)), to(dims(shapedLike));
  size_t extra = from.size() - to.size();
  SmallVector<int64_t> axes;
  for (size_t i = 0; i < from.size(); ++i)
    if (i < extra || (to[i - extra] == DimExpr(1) && from[i] != DimExpr(1)))
      axes.push_back(i);
  if (axes.empty())
    return a;
  return reshape(reduceSum(a, axes, /*keep=*/false), to);
}
