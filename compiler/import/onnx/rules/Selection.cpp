// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Parts of a tensor. Each rule first tries to stay shape arithmetic.
#include "compiler/import/onnx/rules/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::onnx;
using dl::DimExpr;
using dl::DimVector;

/// Picks elements of a one-dimensional shape.
static Symbolic pick(const Symbolic &x, ArrayRef<int64_t> places, SmallVector<int64_t> shape) {
  Symbolic result{x.elementType, std::move(shape), {}};
  for (int64_t place : places)
    result.elements.push_back(x.elements[static_cast<size_t>(place)]);
  return result;
}

/// An index below 0 counts from the end. Indices that are an argument of the
/// model go to the gather as they are: one below 0 is then a data error of the
/// call that names the argument, never a wrong value.
static void gather(NodeImport &n) {
  const Symbolic *shape = n.symbolic(0), *places = n.symbolic(1);
  if (shape && places && shape->shape.size() == 1 && places->isConstant()) {
    SmallVector<int64_t> list;
    for (const DimExpr &place : places->elements)
      list.push_back(n.axis(place.constant(), shape->shape[0]));
    n.axis(n.intAttr("axis", 0), 1);
    if (!n.failed())
      n.result(pick(*shape, list, places->shape));
    return;
  }
  Value x = n.weight(0);
  int64_t axis = n.axis(n.intAttr("axis", 0), n.rank(x));
  if (n.failed() || !x)
    return;
  DimExpr extent = n.dims(x)[axis];
  if (places && places->elements.size() == 1 && places->shape.empty()) { // one row: a slice
    DimExpr at = places->elements[0];
    if (at.isConstant() && at.constant() < 0)
      at = extent + at;
    DimExpr room = extent - 1 - at;
    if ((at.isConstant() && at.constant() < 0) || (room.isConstant() && room.constant() < 0))
      return (void)n.error("takes element " + places->elements[0].str() + " of axis " + Twine(axis) + ", which has " +
                           extent.str());
    DimVector dims = n.dims(x);
    dims.erase(dims.begin() + axis);
    return n.result(n.reshape(n.slice(x, axis, at, 1), dims));
  }
  Value indices = n.in(1);
  if (!indices)
    return;
  bool negative = !isa<BlockArgument>(indices) && n.elementType(indices).isSignlessInteger();
  if (places && places->isConstant()) {
    negative = false;
    for (const DimExpr &place : places->elements) {
      negative |= place.constant() < 0;
      if (extent.isConstant())
        n.axis(place.constant(), extent.constant());
    }
  } else if (places) {
    negative = !llvm::all_of(places->elements, isNonNegative);
  }
  if (negative) {
    Value end;
    if (extent.isConstant())
      end = n.like(static_cast<double>(extent.constant()), indices);
    else
      end = n.cast(n.emit<dl::DimOp>(x, n.i64("axis", axis)), n.elementType(indices));
    indices = n.emit<dl::SelectOp>(
        {n.compare(dl::Predicate::lt, indices, n.like(0, indices)), n.emit<dl::AddOp>({indices, end}), indices});
  }
  n.result(n.emit<dl::GatherOp>({x, indices}, n.i64("axis", axis)));
}

namespace {
/// One axis of a slice: what starts where, how many, in which steps.
struct Span {
  DimExpr start, count;
  int64_t step;
};
} // namespace

/// ONNX clamps starts and ends to the extent, and counts negative ones from it.
static std::optional<Span> rangeOf(NodeImport &n, DimExpr start, DimExpr end, int64_t step, const DimExpr &extent) {
  if (step == 0 || step == INT64_MIN) {
    n.error("step " + Twine(step) + " is not supported");
    return std::nullopt;
  }
  auto place = [&](DimExpr at, bool isEnd) -> std::optional<DimExpr> {
    DimExpr low(step > 0 ? 0 : isEnd ? -1 : 0), high = step > 0 ? extent : extent - 1;
    if (at.isConstant() && at.constant() >= INT32_MAX)
      return high; // what exporters write for "to the end"
    if (at.isConstant() && at.constant() <= -int64_t(INT32_MAX))
      return low;
    bool negative = at.isConstant() ? at.constant() < 0 : !isNonNegative(at);
    // An expression with a negative part (seq - 3) is a place from the front if it is one at all.
    if (negative && at.isConstant())
      at = extent + at;
    if (std::optional<bool> below = less(at, low); below && *below)
      return low;
    if (std::optional<bool> above = less(high, at)) {
      if (*above)
        return high;
      return at;
    }
    if (extent.isConstant() && !at.isConstant()) { // 512 rows, seq of them: seq is at most 512
      n.bound(at, extent.constant());
      return at;
    }
    if (at.isConstant() && at.constant() >= 0 && !isEnd)
      return at; // a start past the end of a short axis: refused when the call's extents show it
    if (!at.isConstant() || at.constant() < 0)
      return at;
    n.error("ends at " + at.str() + " in an axis of " + extent.str() + "; whether that is inside depends on the call");
    return std::nullopt;
  };
  std::optional<DimExpr> from = place(start, false), to = place(end, true);
  if (!from || !to)
    return std::nullopt;
  DimExpr length = step > 0 ? *to - *from : *from - *to;
  int64_t stride = step > 0 ? step : -step;
  if (length.isConstant() && length.constant() <= 0)
    return Span{*from, 0, step};
  return Span{*from, length.ceilDiv(stride), step};
}

static void slice(NodeImport &n) {
  DimVector from = extentsOfInput(n);
  int64_t rank = static_cast<int64_t>(from.size());
  std::optional<DimVector> starts, ends;
  std::optional<SmallVector<int64_t>> axes, steps;
  if (n.opset < 10) {
    auto attribute = [&](StringRef name) -> std::optional<DimVector> {
      auto values = n.intsAttr(name);
      return values ? std::optional(DimVector(values->begin(), values->end())) : std::nullopt;
    };
    starts = attribute("starts");
    ends = attribute("ends");
    axes = n.intsAttr("axes");
  } else {
    starts = n.extents(1, "starts");
    ends = n.extents(2, "ends");
    if (n.has(3))
      axes = n.ints(3, "axes");
    if (n.has(4))
      steps = n.ints(4, "steps");
  }
  if (n.failed() || !starts || !ends || starts->size() != ends->size() || (axes && axes->size() != starts->size()) ||
      (steps && steps->size() != starts->size()))
    return (void)n.error("expects as many starts, ends, axes and steps as each other");
  const Symbolic *shape = n.symbolic(0);
  Value x = shape && shape->shape.size() == 1 ? Value() : n.in(0);
  llvm::SmallDenseSet<int64_t> seen;
  SmallVector<int64_t> reversed;
  for (size_t i = 0; i < starts->size(); ++i) {
    int64_t axis = n.axis(axes ? (*axes)[i] : static_cast<int64_t>(i), rank);
    if (n.failed())
      return;
    if (!seen.insert(axis).second)
      return (void)n.error("slices axis " + Twine(axis) + " twice");
    std::optional<Span> range = rangeOf(n, (*starts)[i], (*ends)[i], steps ? (*steps)[i] : 1, from[axis]);
    if (!range)
      return;
    if (!x) { // a shape: starts and counts are numbers
      if (!range->start.isConstant() || !range->count.isConstant())
        return (void)n.error("takes a part of a shape that depends on the call");
      SmallVector<int64_t> list;
      for (int64_t k = 0; k < range->count.constant(); ++k)
        list.push_back(range->start.constant() + k * range->step);
      for (int64_t place : list)
        if (place < 0 || place >= shape->shape[0])
          return (void)n.error("takes element " + Twine(place) + " of a shape of rank " + Twine(shape->shape[0]));
      return n.result(pick(*shape, list, {static_cast<int64_t>(list.size())}));
    }
    if (range->step > 0) {
      x = n.slice(x, axis, range->start, range->count, range->step);
    } else { // backwards: the last element taken comes first, then the axis is turned
      DimExpr last = range->start - (range->count - 1) * DimExpr(-range->step);
      if (range->count != DimExpr(0))
        x = n.slice(x, axis, last, range->count, -range->step);
      else
        x = n.slice(x, axis, 0, 0);
      x = n.emit<dl::ReverseOp>(x, n.array("axes", {axis}));
    }
  }
  if (!x && shape)
    return n.forward(0);
  n.result(x);
}

static void split(NodeImport &n) {
  const Symbolic *shape = n.symbolic(0);
  DimVector from = extentsOfInput(n);
  int64_t axis = n.axis(n.intAttr("axis", 0), static_cast<int64_t>(from.size()));
  if (n.failed())
    return;
  DimExpr extent = from[axis];
  int64_t parts = static_cast<int64_t>(n.node.outputs.size());
  DimVector sizes;
  if (n.opset < 13 ? n.attribute("split") != nullptr : n.has(1)) {
    if (n.opset < 13) {
      if (auto given = n.intsAttr("split"))
        sizes.assign(given->begin(), given->end());
    } else if (auto given = n.extents(1, "split")) {
      sizes = *given;
    }
  } else {
    parts = n.intAttr("num_outputs", parts);
    if (parts < 1 || parts > 4096)
      return (void)n.error("splits into " + Twine(parts) + " parts");
    DimExpr each = extent.ceilDiv(parts), last = extent - each * DimExpr(parts - 1);
    if (last.isConstant() && last.constant() < 0)
      return (void)n.error("splits an extent of " + extent.str() + " into " + Twine(parts) + " parts");
    if (FailureOr<DimExpr> exact = extent.exactDiv(DimExpr(parts)); mlir::succeeded(exact))
      each = last = *exact;
    sizes.assign(static_cast<size_t>(parts - 1), each);
    sizes.push_back(last);
  }
  if (n.failed())
    return;
  if (static_cast<int64_t>(sizes.size()) < static_cast<int64_t>(n.node.outputs.size()))
    return (void)n.error("splits into " + Twine(sizes.size()) + " parts and has " + Twine(n.node.outputs.size()) +
                         " outputs");
  DimExpr start(0);
  for (const DimExpr &size : sizes) {
    if (size.isConstant() && size.constant() < 0)
      return (void)n.error("has a part of extent " + size.str());
    start = start + size;
  }
  if (start != extent)
    return (void)n.error("splits an extent of " + extent.str() + " into parts that sum to " + start.str());
  start = 0;
  for (size_t i = 0; i < n.node.outputs.size(); ++i) {
    if (shape && shape->shape.size() == 1 && start.isConstant() && sizes[i].isConstant()) {
      SmallVector<int64_t> list = llvm::to_vector(llvm::seq(start.constant(), start.constant() + sizes[i].constant()));
      n.result(pick(*shape, list, {sizes[i].constant()}), i);
    } else {
      n.result(n.slice(n.in(0), axis, start, sizes[i]), i);
    }
    start = start + sizes[i];
  }
}

ArrayRef<OpRule> dlc::onnx::selectionRules() {
  static const OpRule rules[] = {
      {"Gather", 7, 2, 2, 1, "axis", gather},
      {"Slice", 7, 1, 5, 1, "axes starts ends", slice},
      {"Split", 7, 1, 2, anyNumber, "axis split num_outputs", split},
  };
  return rules;
}
