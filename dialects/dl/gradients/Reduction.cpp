// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/Arithmetic.h"

using namespace mlir;
using namespace dlc::dl;

/// `reduced` with the axes it lost, of extent 1, so that it broadcasts against the input.
template <typename Reduce> static Value kept(DlBuilder &b, Reduce op, Value reduced) {
  if (op.getKeepDims())
    return reduced;
  SmallVector<int64_t> axes(op.getAxes());
  llvm::sort(axes);
  return b.expandDims(reduced, axes);
}

// d sum = 1 everywhere
SmallVector<Value> ReduceSumOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool>) {
  return {b.broadcast(kept(b, *this, cotangents[0]), b.dims(getInput()))};
}

// d prod / dx = the product P of the others: y / x where nothing is 0; where one
// element is, only it has a gradient; where two are, none has. Zeros appear as
// s, their sum, as well: that is 0, but its derivative is not, and the second
// derivatives are right too, d^2 y / dx dz = P / x for the one z that is 0.
SmallVector<Value> ReduceProdOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool>) {
  Term x(b, getInput()), g(b, kept(b, *this, cotangents[0]));
  Term isZero = x == 0, zeros = sum(isZero.as(elementTypeOf(x)), getAxes());
  Term filled = select(isZero, 1.0, x), zero = select(isZero, x, 0.0), s = sum(zero, getAxes());
  Term product = g * x.of(b.create<ReduceProdOp>(filled.get(), getAxesAttr(), b.builder.getUnitAttr()));
  Term ofZero = select(zeros == 1, product, select(zeros == 2, product * (s - zero), 0.0));
  Term ofOther = select(zeros == 0, product, select(zeros == 1, product * s, 0.0));
  return {select(isZero, ofZero, ofOther / filled)};
}

/// g where `x` has its first largest (or smallest) element in row-major order
/// over `axes`, 0 elsewhere. `ArgOp` finds it along one axis; several axes are
/// brought together at the end and made one.
template <typename ArgOp> static Value toExtremum(DlBuilder &b, Value x, Value g, ArrayRef<int64_t> unsorted) {
  SmallVector<int64_t> axes(unsorted), order;
  llvm::sort(axes);
  DimVector dims(b.dims(x)), merged;
  if (llvm::any_of(
          axes, [&](int64_t i) { return dims[i] == DimExpr(0); })) // nothing to choose from, and nothing to send g to
    return b.zeros(x);
  int64_t axis = axes.empty() ? 0 : axes[0];
  Value lined = x;
  if (axes.size() != 1) {
    for (size_t i = 0; i < dims.size(); ++i)
      if (!llvm::is_contained(axes, static_cast<int64_t>(i))) {
        order.push_back(i);
        merged.push_back(dims[i]);
      }
    DimVector last;
    for (int64_t i : axes) {
      order.push_back(i);
      last.push_back(dims[i]);
    }
    axis = merged.size();
    merged.push_back(product(last));
    lined = b.reshape(b.transpose(x, order), merged);
    DimVector gathered(merged);
    gathered.back() = DimExpr(1);
    g = b.reshape(g, gathered); // extents of 1 may move freely
    dims = merged;
  }
  Value best = b.expandDims(b.create<ArgOp>(lined, b.builder.getI64IntegerAttr(axis)), {axis});
  DimVector line(dims.size(), DimExpr(1));
  line[axis] = dims[axis];
  SmallVector<int64_t> extents;
  for (const DimExpr &dim : line)
    extents.push_back(dim.isConstant() ? dim.constant() : ShapedType::kDynamic);
  Value place = b.create<IotaOp>(RankedTensorType::get(extents, b.builder.getI64Type()),
                                 b.builder.getI64IntegerAttr(axis), toAttr(b.context(), line));
  Value result = select(Term(b, place) == Term(b, best), Term(b, g), 0.0);
  if (order.empty())
    return result;
  DimVector unmerged;
  SmallVector<int64_t> back(order.size());
  for (auto [position, from] : llvm::enumerate(order)) {
    unmerged.push_back(b.dims(x)[from]);
    back[from] = position;
  }
  return b.transpose(b.reshape(result, unmerged), back);
}
SmallVector<Value> ReduceMaxOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool>) {
  return {toExtremum<ArgmaxOp>(b, getInput(), kept(b, *this, cotangents[0]), getAxes())};
}
SmallVector<Value> ReduceMinOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool>) {
  return {toExtremum<ArgminOp>(b, getInput(), kept(b, *this, cotangents[0]), getAxes())};
}

// y[i] = sum over j <= i of x[j], so dx[j] = sum over i >= j of g[i]
SmallVector<Value> CumsumOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool>) {
  return {b.create<CumsumOp>(cotangents[0], getAxisAttr(), getExclusiveAttr(),
                             getReverse() ? UnitAttr() : b.builder.getUnitAttr())};
}
