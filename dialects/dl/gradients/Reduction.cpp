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

namespace {
/// Axes of `x` brought together and made one, the first or the last.
class Merged {
public:
  Merged(DlBuilder &b, Value x, ArrayRef<int64_t> axes, bool first) : b(b), x(x) {
    DimVector dims(b.dims(x)), line, rest;
    SmallVector<int64_t> front, end;
    for (size_t i = 0; i < dims.size(); ++i) {
      bool isMerged = llvm::is_contained(axes, static_cast<int64_t>(i));
      (isMerged == first ? front : end).push_back(i);
      (isMerged ? line : rest).push_back(dims[i]);
    }
    order = front;
    llvm::append_range(order, end);
    place = first ? 0 : rest.size();
    merged = reduced = rest;
    merged.insert(merged.begin() + place, product(line));
    reduced.insert(reduced.begin() + place, DimExpr(1));
  }
  int64_t axis() const { return place; }
  Value lined() { return b.reshape(b.transpose(x, order), merged); }
  /// What was reduced over the axes, so that it broadcasts against `lined`.
  Value broadcasting(Value value) { return b.reshape(value, reduced); }
  /// The axes as they were in `x`.
  Value back(Value value) {
    DimVector unmerged;
    SmallVector<int64_t> permutation(order.size());
    for (auto [position, from] : llvm::enumerate(order)) {
      unmerged.push_back(b.dims(x)[from]);
      permutation[from] = position;
    }
    return b.transpose(b.reshape(value, unmerged), permutation);
  }

private:
  DlBuilder &b;
  Value x;
  SmallVector<int64_t> order; // of axes of x
  int64_t place;
  DimVector merged, reduced;
};
} // namespace

/// result[i] = the product of x[j] over j < i, or over j > i, along axis 0.
static Value productsOfOthers(DlBuilder &b, Value x, bool after) {
  auto type = cast<RankedTensorType>(x.getType());
  auto slice = RankedTensorType::get(type.getShape().drop_front(), type.getElementType());
  DimVector dims(b.dims(x));
  Value one = b.full(1.0, type.getElementType(), ArrayRef<DimExpr>(dims).drop_front());
  auto scan = b.create<ScanOp>(TypeRange{slice, type}, one, x, ValueRange(), toAttr(b.context(), dims)[0], after);
  Block *block = b.builder.createBlock(&scan.getBody());
  Value carry = block->addArgument(one.getType(), b.location), element = block->addArgument(slice, b.location);
  b.create<YieldOp>(ValueRange{b.mul(carry, element), carry});
  b.builder.setInsertionPointAfter(scan);
  return scan.getResult(1);
}

// d prod / dx[i] = (product of x[j] over j < i) (product of x[j] over j > i).
// Nothing is divided by and no zero is looked for, so that this is right, and
// its derivatives of every order, whatever is 0.
SmallVector<Value> ReduceProdOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool>) {
  Type type = elementTypeOf(getInput()), wide = DlBuilder::wide(type);
  Merged merged(b, getInput(), getAxes(), /*first=*/true);
  Value x = b.cast(merged.lined(), wide), g = b.cast(merged.broadcasting(cotangents[0]), wide);
  Value before = productsOfOthers(b, x, /*after=*/false);
  Value after = productsOfOthers(b, x, /*after=*/true);
  return {merged.back(b.cast(b.mul(b.mul(before, after), g), type))};
}

/// g where `x` has its first largest (or smallest) element in row-major order
/// over `axes`, 0 elsewhere. `ArgOp` finds it along one axis; several axes are
/// brought together at the end and made one.
template <typename ArgOp> static Value toExtremum(DlBuilder &b, Value x, Value g, ArrayRef<int64_t> axes) {
  if (llvm::any_of(axes, [&](int64_t i) { return b.dims(x)[i] == DimExpr(0); }))
    return b.zeros(x); // nothing to choose from, and nothing to send g to
  bool several = axes.size() != 1;
  Merged merged(b, x, axes, /*first=*/false);
  Value lined = several ? merged.lined() : x;
  int64_t axis = several ? merged.axis() : axes[0];
  if (several)
    g = merged.broadcasting(g);
  DimVector dims(b.dims(lined));
  Value best = b.expandDims(b.create<ArgOp>(lined, b.builder.getI64IntegerAttr(axis)), {axis});
  DimVector line(dims.size(), DimExpr(1));
  line[axis] = dims[axis];
  SmallVector<int64_t> extents;
  for (const DimExpr &dim : line)
    extents.push_back(dim.isConstant() ? dim.constant() : ShapedType::kDynamic);
  Value place = b.create<IotaOp>(RankedTensorType::get(extents, b.builder.getI64Type()),
                                 b.builder.getI64IntegerAttr(axis), toAttr(b.context(), line));
  Value result = select(Term(b, place) == Term(b, best), Term(b, g), 0.0);
  return several ? merged.back(result) : result;
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
