// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Elements put in other places. Each rule first tries to stay shape arithmetic.
#include "compiler/import/onnx/rules/Rules.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::onnx;
using dl::DimExpr;
using dl::DimVector;

//===-- Reshapes ---------------------------------------------------------===//

/// Gives input 0 the extents `target`, as a tensor or as shape arithmetic.
static void reshapeTo(NodeImport &n, ArrayRef<DimExpr> target) {
  if (const Symbolic *x = n.symbolic(0); x && llvm::all_of(target, [](const DimExpr &d) { return d.isConstant(); })) {
    Symbolic result{x->elementType, {}, x->elements};
    int64_t count = 1;
    bool fits = true;
    for (const DimExpr &dim : target) {
      result.shape.push_back(dim.constant());
      fits &= dim.constant() >= 0 && !__builtin_mul_overflow(count, dim.constant(), &count);
    }
    if (!fits || count != static_cast<int64_t>(x->elements.size()))
      return (void)n.error("reshapes " + Twine(x->elements.size()) + " elements to " + dl::product(target).str());
    return n.result(std::move(result));
  }
  n.result(n.reshape(n.in(0), target));
}
/// 0 keeps the extent at its place, -1 stands for what is left.
static void reshape(NodeImport &n) {
  std::optional<DimVector> target = n.extents(1, "shape");
  DimVector from = extentsOfInput(n);
  if (n.failed())
    return;
  bool allowZero = n.intAttr("allowzero", 0);
  std::optional<size_t> open;
  DimExpr others(1);
  for (auto [i, dim] : llvm::enumerate(*target)) {
    if (dim == DimExpr(0) && !allowZero) {
      if (i >= from.size())
        return (void)n.error("shape keeps axis " + Twine(i) + " of a tensor of rank " + Twine(from.size()));
      dim = from[i];
    }
    if (dim == DimExpr(-1)) {
      if (open)
        return (void)n.error("shape leaves two extents open");
      open = i;
    } else {
      others = others * dim;
    }
  }
  if (open) {
    // Extents that occur on both sides cancel before dividing.
    DimVector above(from), below;
    for (auto [i, dim] : llvm::enumerate(*target))
      if (i != *open) {
        auto same = llvm::find(above, dim);
        if (same != above.end() && dim != DimExpr(0))
          above.erase(same);
        else
          below.push_back(dim);
      }
    DimExpr total = dl::product(above), rest = dl::product(below);
    if (rest == DimExpr(0))
      return (void)n.error("shape leaves an extent open beside an extent of 0");
    FailureOr<DimExpr> quotient = rest == DimExpr(1) ? FailureOr<DimExpr>(total) : total.exactDiv(rest);
    if (mlir::failed(quotient))
      return (void)n.error("reshapes " + dl::product(from).str() + " elements to a multiple of " + others.str() +
                           ", which does not divide it for all extents");
    (*target)[*open] = *quotient;
  }
  reshapeTo(n, *target);
}

static void flatten(NodeImport &n) {
  DimVector from = extentsOfInput(n);
  int64_t rank = static_cast<int64_t>(from.size()), axis = n.intAttr("axis", 1);
  if (axis < -rank || axis > rank)
    return (void)n.error("axis " + Twine(axis) + " is outside a tensor of rank " + Twine(rank));
  ArrayRef<DimExpr> dims(from);
  size_t split = static_cast<size_t>(axis < 0 ? axis + rank : axis);
  reshapeTo(n, DimVector{dl::product(dims.take_front(split)), dl::product(dims.drop_front(split))});
}

static void squeeze(NodeImport &n) {
  DimVector from = extentsOfInput(n), to;
  std::optional<SmallVector<int64_t>> given = n.axesOf(1, 13);
  SmallVector<int64_t> axes;
  if (given) {
    if (auto checked = n.axes(*given, static_cast<int64_t>(from.size())))
      axes = *checked;
  } else {
    for (auto [axis, dim] : llvm::enumerate(from)) {
      if (!dim.isConstant())
        return (void)n.error("drops every extent of 1; whether " + dim.str() + " is 1 depends on the call");
      if (dim == DimExpr(1))
        axes.push_back(static_cast<int64_t>(axis));
    }
  }
  if (n.failed())
    return;
  for (auto [axis, dim] : llvm::enumerate(from)) {
    if (!llvm::is_contained(axes, static_cast<int64_t>(axis)))
      to.push_back(dim);
    else if (dim != DimExpr(1))
      return (void)n.error("drops axis " + Twine(axis) + " of extent " + dim.str() + ", expected 1");
  }
  reshapeTo(n, to);
}

static void unsqueeze(NodeImport &n) {
  DimVector from = extentsOfInput(n), to;
  std::optional<SmallVector<int64_t>> given = n.axesOf(1, 13);
  if (!given)
    return (void)n.error("has no axes");
  int64_t rank = static_cast<int64_t>(from.size() + given->size());
  std::optional<SmallVector<int64_t>> axes = n.axes(*given, rank);
  if (n.failed())
    return;
  size_t next = 0;
  for (int64_t axis = 0; axis < rank; ++axis)
    to.push_back(llvm::is_contained(*axes, axis) ? DimExpr(1) : from[next++]);
  reshapeTo(n, to);
}

static void transpose(NodeImport &n) {
  Value x = n.in(0);
  std::optional<SmallVector<int64_t>> permutation = n.intsAttr("perm");
  if (!permutation)
    permutation = llvm::to_vector(llvm::reverse(llvm::seq<int64_t>(0, n.rank(x))));
  n.result(n.transpose(x, *permutation));
}

//===-- Copies -----------------------------------------------------------===//

static void concat(NodeImport &n) {
  SmallVector<const Symbolic *> parts;
  size_t count = 0;
  for (size_t i = 0; i < n.inputs(); ++i) {
    const Symbolic *part = n.symbolic(i);
    if (!part || part->shape.size() != 1 || (i && part->elementType != parts[0]->elementType))
      break;
    parts.push_back(part);
    count += part->elements.size();
  }
  if (parts.size() == n.inputs() && count <= static_cast<size_t>(Symbolic::maxElements)) {
    Symbolic result{parts[0]->elementType, {static_cast<int64_t>(count)}, {}};
    for (const Symbolic *part : parts)
      llvm::append_range(result.elements, part->elements);
    n.axis(n.intAttr("axis", 0), 1);
    return n.result(std::move(result));
  }
  SmallVector<Value> values;
  for (size_t i = 0; i < n.inputs(); ++i)
    values.push_back(n.in(i));
  int64_t axis = n.axis(n.intAttr("axis", 0), n.rank(values[0]));
  n.result(values.size() == 1 ? values[0] : n.emit<dl::ConcatOp>(values, n.i64("axis", axis)));
}

/// The broadcast of the input's extents and the wanted ones, both ways.
static void expand(NodeImport &n) {
  std::optional<DimVector> target = n.extents(1, "shape");
  if (n.failed())
    return;
  if (const Symbolic *x = n.symbolic(0); x && llvm::all_of(*target, [](const DimExpr &d) { return d.isConstant(); })) {
    SmallVector<int64_t> wanted;
    for (const DimExpr &dim : *target)
      wanted.push_back(dim.constant());
    auto shape = broadcastShapes(x->shape, wanted);
    int64_t count = 1;
    bool small = shape.has_value();
    for (int64_t extent : shape.value_or(SmallVector<int64_t>()))
      small &= extent >= 0 && !__builtin_mul_overflow(count, extent, &count) && count <= Symbolic::maxElements;
    if (small) {
      Symbolic result{x->elementType, *shape, {}};
      for (int64_t i = 0; i < count; ++i)
        result.elements.push_back(x->elements[broadcastIndex(i, *shape, x->shape)]);
      return n.result(std::move(result));
    }
  }
  Value x = n.in(0);
  DimVector from = n.dims(x), to(std::max(from.size(), target->size()), DimExpr(1));
  for (size_t back = 1; back <= to.size(); ++back) {
    DimExpr own = back <= from.size() ? from[from.size() - back] : DimExpr(1);
    DimExpr wanted = back <= target->size() ? (*target)[target->size() - back] : DimExpr(1);
    if (wanted != DimExpr(1) && own != DimExpr(1) && own != wanted)
      return (void)n.error("expands an extent of " + own.str() + " to " + wanted.str() +
                           "; equal extents must have equal names");
    to[to.size() - back] = own == DimExpr(1) ? wanted : own;
  }
  n.result(n.broadcast(x, to));
}

/// r copies of an axis: a new axis before it, stretched, then merged.
static Value repeat(NodeImport &n, Value x, int64_t axis, const DimExpr &copies, bool eachElement) {
  if (!x || copies == DimExpr(1))
    return x;
  DimVector dims = n.dims(x), open = dims, wide, merged = dims;
  auto at = open.begin() + axis + (eachElement ? 1 : 0);
  open.insert(at, DimExpr(1));
  wide = open;
  wide[axis + (eachElement ? 1 : 0)] = copies;
  merged[axis] = dims[axis] * copies;
  return n.reshape(n.broadcast(n.reshape(x, open), wide), merged);
}

static void tile(NodeImport &n) {
  std::optional<DimVector> repeats = n.extents(1, "repeats");
  if (n.failed())
    return;
  if (const Symbolic *x = n.symbolic(0);
      x && x->shape.size() == 1 && repeats->size() == 1 && (*repeats)[0].isConstant()) {
    int64_t copies = (*repeats)[0].constant();
    if (copies >= 0 && copies <= Symbolic::maxElements && copies * x->shape[0] <= Symbolic::maxElements) {
      Symbolic result{x->elementType, {copies * x->shape[0]}, {}};
      for (int64_t i = 0; i < copies; ++i)
        llvm::append_range(result.elements, x->elements);
      return n.result(std::move(result));
    }
  }
  Value x = n.in(0);
  if (static_cast<int64_t>(repeats->size()) != n.rank(x))
    return (void)n.error("has " + Twine(repeats->size()) + " repeats for a tensor of rank " + Twine(n.rank(x)));
  for (auto [axis, copies] : llvm::enumerate(*repeats))
    x = repeat(n, x, static_cast<int64_t>(axis), copies, false);
  n.result(x);
}

static Value zeroOr(NodeImport &n, size_t i, Value x) {
  if (!n.has(i))
    return n.like(0, x);
  Value value = n.in(i);
  return value && n.rank(value) ? n.reshape(value, {}) : value;
}

/// One border made of single elements, for modes other than constant.
static Value border(NodeImport &n, Value x, int64_t axis, bool atEnd, int64_t width, StringRef mode) {
  DimExpr extent = n.dims(x)[axis];
  if (width == 0 || !x)
    return {};
  if (mode == "edge")
    return repeat(n, n.slice(x, axis, atEnd ? extent - 1 : DimExpr(0), 1), axis, width, false);
  if (extent.isConstant() && width >= extent.constant() + (mode == "wrap")) {
    n.error("pads " + Twine(width) + " elements by mode '" + mode + "' in an axis of " + extent.str());
    return {};
  }
  if (mode == "wrap")
    return n.slice(x, axis, atEnd ? DimExpr(0) : extent - width, width);
  return n.emit<dl::ReverseOp>(n.slice(x, axis, atEnd ? extent - 1 - width : DimExpr(1), width),
                               n.array("axes", {axis}));
}

static void pad(NodeImport &n) {
  Value x = n.in(0);
  int64_t rank = n.rank(x);
  std::string mode = n.stringAttr("mode", "constant");
  std::optional<SmallVector<int64_t>> pads = n.opset < 11 ? n.intsAttr("pads") : n.ints(1, "pads"), axes;
  if (n.has(3))
    axes = n.ints(3, "axes");
  if (!axes)
    axes = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  if (n.failed() || !pads || pads->size() != 2 * axes->size())
    return (void)n.error("expects two pads for each axis");
  SmallVector<int64_t> low(rank, 0), high(rank, 0);
  for (auto [i, given] : llvm::enumerate(*axes)) {
    int64_t axis = n.axis(given, rank);
    if (n.failed())
      return;
    low[axis] = (*pads)[i];
    high[axis] = (*pads)[axes->size() + i];
  }
  for (int64_t axis = 0; axis < rank; ++axis) { // what is negative is cut off
    int64_t before = std::max<int64_t>(-low[axis], 0), after = std::max<int64_t>(-high[axis], 0);
    if (before > (1 << 30) || after > (1 << 30) || low[axis] > (1 << 30) || high[axis] > (1 << 30))
      return (void)n.error("pads by more than 2^30 elements");
    if (before || after) {
      DimExpr left = n.dims(x)[axis] - before - after;
      if (left.isConstant() && left.constant() < 0)
        return (void)n.error("cuts more than the extent of axis " + Twine(axis));
      x = n.slice(x, axis, before, left);
    }
    low[axis] = std::max<int64_t>(low[axis], 0);
    high[axis] = std::max<int64_t>(high[axis], 0);
  }
  if (!x)
    return;
  if (mode == "constant") {
    Value value = n.opset < 11 ? n.like(n.floatAttr("value", 0), x) : zeroOr(n, 2, x);
    if (llvm::all_of(low, [](int64_t p) { return p == 0; }) && llvm::all_of(high, [](int64_t p) { return p == 0; }))
      return n.result(x);
    DimVector before(low.begin(), low.end()), after(high.begin(), high.end());
    return n.result(n.emit<dl::PadOp>({x, value}, {n.extentsAttr("low", before), n.extentsAttr("high", after),
                                                   n.array("interior", SmallVector<int64_t>(rank, 0))}));
  }
  if (mode != "reflect" && mode != "edge" && mode != "wrap")
    return (void)n.error("mode '" + printable(mode) + "' is not supported, expected constant, reflect, edge or wrap");
  for (int64_t axis = 0; axis < rank && x; ++axis) {
    SmallVector<Value> parts;
    Value before = border(n, x, axis, false, low[axis], mode), after = border(n, x, axis, true, high[axis], mode);
    for (Value part : {before, x, after})
      if (part)
        parts.push_back(part);
    if (parts.size() > 1)
      x = n.emit<dl::ConcatOp>(parts, n.i64("axis", axis));
  }
  n.result(x);
}

//===-- Resizing ---------------------------------------------------------===//

/// Whole-number scales by nearest neighbour: each element repeated. The rules
/// for coordinates and rounding that come to that are accepted, others refused.
static void resize(NodeImport &n) {
  bool isUpsample = n.node.op == "Upsample";
  size_t scalesAt = isUpsample || n.opset < 11 ? 1 : 2;
  Value x = n.in(0);
  DimVector from = n.dims(x);
  if (n.stringAttr("mode", "nearest") != "nearest")
    return (void)n.error("mode '" + printable(n.stringAttr("mode", "")) + "' is not supported, expected 'nearest'");
  SmallVector<int64_t> scales(from.size(), 0);
  if (n.has(3)) {
    std::optional<DimVector> sizes = n.extents(3, "sizes");
    if (n.failed() || sizes->size() != from.size())
      return (void)n.error("expects one size for each axis");
    for (auto [i, size] : llvm::enumerate(*sizes)) {
      FailureOr<DimExpr> scale = size.exactDiv(from[i]);
      if (mlir::succeeded(scale) && scale->isConstant())
        scales[i] = scale->constant();
    }
  } else if (const Tensor *given = n.constant(scalesAt);
             given && given->type == ElementType::Float && given->elements == static_cast<int64_t>(from.size())) {
    for (size_t i = 0; i < from.size(); ++i) {
      float scale;
      memcpy(&scale, given->bytes.data() + 4 * i, 4);
      scales[i] = scale >= 1 && scale < 4096 && scale == static_cast<float>(static_cast<int64_t>(scale))
                      ? static_cast<int64_t>(scale)
                      : 0;
    }
  } else {
    return (void)n.error("scales depend on data");
  }
  if (n.attribute("axes"))
    return (void)n.error("attribute 'axes' is not supported");
  bool isTwo = llvm::all_of(scales, [](int64_t s) { return s == 1 || s == 2; }),
       isOne = llvm::all_of(scales, [](int64_t s) { return s == 1; });
  if (llvm::is_contained(scales, 0))
    return (void)n.error("scales are not supported, expected whole numbers");
  if (!isUpsample && n.opset >= 11 && !isOne) {
    std::string where = n.stringAttr("coordinate_transformation_mode", "half_pixel"),
                how = n.stringAttr("nearest_mode", "round_prefer_floor");
    bool halfPixel = where == "half_pixel" || where == "pytorch_half_pixel" || where == "half_pixel_symmetric";
    bool good = (halfPixel && (how == "round_prefer_floor" || how == "round_prefer_ceil")) ||
                (where == "asymmetric" && (how == "floor" || (how == "round_prefer_floor" && isTwo)));
    if (!good)
      return (void)n.error("coordinate mode '" + printable(where) + "' with rounding '" + printable(how) +
                           "' is not supported");
  }
  for (auto [axis, scale] : llvm::enumerate(scales))
    x = repeat(n, x, static_cast<int64_t>(axis), scale, true);
  n.result(x);
}

/// [n, c b b, h, w] -> [n, c, h b, w b]; in DCR mode the block's axes come first.
static void depthToSpace(NodeImport &n) {
  Value x = n.in(0);
  int64_t block = n.intAttr("blocksize", 0);
  DimVector d = n.dims(x);
  if (d.size() != 4 || block < 1 || block > 4096)
    return (void)n.error("expects rank 4 and a positive blocksize");
  FailureOr<DimExpr> channels = d[1].exactDiv(DimExpr(block * block));
  if (mlir::failed(channels))
    return (void)n.error("has " + d[1].str() + " channels, expected a multiple of " + Twine(block * block));
  std::string mode = n.stringAttr("mode", "DCR");
  if (mode != "DCR" && mode != "CRD")
    return (void)n.error("mode '" + printable(mode) + "' is not supported, expected DCR or CRD");
  bool blockFirst = mode == "DCR";
  DimVector apart = blockFirst ? DimVector{d[0], block, block, *channels, d[2], d[3]}
                               : DimVector{d[0], *channels, block, block, d[2], d[3]};
  SmallVector<int64_t> order =
      blockFirst ? SmallVector<int64_t>{0, 3, 4, 1, 5, 2} : SmallVector<int64_t>{0, 1, 4, 2, 5, 3};
  n.result(n.reshape(n.transpose(n.reshape(x, apart), order),
                     DimVector{d[0], *channels, d[2] * DimExpr(block), d[3] * DimExpr(block)}));
}
static void spaceToDepth(NodeImport &n) {
  Value x = n.in(0);
  int64_t block = n.intAttr("blocksize", 0);
  DimVector d = n.dims(x);
  if (d.size() != 4 || block < 1 || block > 4096)
    return (void)n.error("expects rank 4 and a positive blocksize");
  FailureOr<DimExpr> h = d[2].exactDiv(DimExpr(block)), w = d[3].exactDiv(DimExpr(block));
  if (mlir::failed(h) || mlir::failed(w))
    return (void)n.error("has extents " + d[2].str() + " and " + d[3].str() + ", expected multiples of " +
                         Twine(block));
  Value apart = n.transpose(n.reshape(x, DimVector{d[0], d[1], *h, block, *w, block}), {0, 3, 5, 1, 2, 4});
  n.result(n.reshape(apart, DimVector{d[0], d[1] * DimExpr(block * block), *h, *w}));
}

ArrayRef<OpRule> dlc::onnx::movementRules() {
  static const OpRule rules[] = {
      {"Concat", 7, 1, anyNumber, 1, "axis", concat},
      {"DepthToSpace", 7, 1, 1, 1, "blocksize mode", depthToSpace},
      {"Expand", 8, 2, 2, 1, "", expand},
      {"Flatten", 7, 1, 1, 1, "axis", flatten},
      {"Pad", 7, 1, 4, 1, "mode pads value", pad},
      {"Reshape", 7, 2, 2, 1, "allowzero", reshape},
      {"Resize", 10, 2, 4, 1,
       "antialias axes coordinate_transformation_mode cubic_coeff_a exclude_outside extrapolation_value "
       "keep_aspect_ratio_policy mode nearest_mode",
       resize},
      {"SpaceToDepth", 7, 1, 1, 1, "blocksize", spaceToDepth},
      {"Squeeze", 7, 1, 2, 1, "axes", squeeze},
      {"Tile", 7, 2, 2, 1, "", tile},
      {"Transpose", 7, 1, 1, 1, "perm", transpose},
      {"Unsqueeze", 7, 1, 2, 1, "axes", unsqueeze},
      {"Upsample", 9, 2, 2, 1, "mode", resize},
  };
  return rules;
}
