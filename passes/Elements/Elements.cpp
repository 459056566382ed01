// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A kernel's body, evaluated at a place: pointwise ops compute, movement ops
// change the place, block arguments are loads.
#include "passes/Elements/KernelCode.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

Elements::Key Elements::keyOf(ArrayRef<Ix> place) {
  Key key;
  for (const Ix &ix : place)
    key.push_back({ix.at.getAsOpaquePointer(), ix.step});
  return key;
}

/// An axis of extent 1 is always read at 0, so that equal places have equal keys.
Place Elements::normal(Value value, ArrayRef<Ix> place) {
  Place result(place);
  for (auto [ix, dim] : llvm::zip(result, emit.dims.of(value)))
    if (dim == DimExpr(1))
      ix = {Value(), 0};
  return result;
}

void Elements::preset(Value value, ArrayRef<Ix> place, Lanes known) {
  scopes.back()[value].push_back({keyOf(normal(value, place)), known});
}

Lanes Elements::at(Value value, ArrayRef<Ix> place) {
  Place where = normal(value, place);
  Key key = keyOf(where);
  for (auto &scope : llvm::reverse(scopes))
    if (auto it = scope.find(value); it != scope.end())
      for (auto &[known, result] : it->second)
        if (known == key)
          return result;
  for (Ix &ix : where)
    if (!ix.at)
      ix.at = emit.zero();
  Lanes result;
  if (auto it = buffers.find(value); it != buffers.end())
    result = emit.load(it->second, where, lanes, mask);
  else
    result = compute(value.getDefiningOp(), where);
  // Under another mask the lanes may differ: only unmasked knowledge is kept.
  scopes.back()[value].push_back({key, result});
  return result;
}

void Elements::storeAll(KernelCode &kernel, const Place &place, llvm::function_ref<bool(Value)> wanted) {
  std::vector<std::tuple<Buffer, Place, Lanes>> stores;
  for (auto [value, buffer] : llvm::zip(kernel.yields(), kernel.outputs))
    if (wanted(value)) {
      Place where = suffix(place, emit.dims.of(value).size());
      stores.push_back({buffer, where, at(value, where)});
    }
  for (auto &[buffer, where, value] : stores)
    emit.store(buffer, where, value, lanes, mask);
}

Place Elements::aligned(Value operand, ArrayRef<Ix> place) {
  size_t rank = emit.dims.of(operand).size();
  return Place(place.take_back(rank));
}

Lanes Elements::compute(Operation *op, ArrayRef<Ix> place) {
  return TypeSwitch<Operation *, Lanes>(op)
      .Case([&](ConstantOp constant) {
        auto elements = cast<DenseElementsAttr>(constant.getValue());
        Type type = emit.computed(elements.getElementType());
        if (isa<FloatType>(elements.getElementType()))
          return Lanes{emit.constantOf(type, elements.getSplatValue<APFloat>().convertToDouble()), true};
        APInt value = elements.getSplatValue<APInt>();
        return Lanes{arith::ConstantOp::create(emit.b, emit.location, IntegerAttr::get(type, value)), true};
      })
      .Case([&](ExtentOp extent) {
        return Lanes{
            emit.create<arith::IndexCastOp>(emit.b.getI64Type(), emit.extent(*DimExpr::fromAttr(extent.getDim()))),
            true};
      })
      .Case([&](IotaOp iota) { return this->iota(iota, place); })
      .Case([&](BroadcastOp broadcast) { return at(broadcast.getInput(), aligned(broadcast.getInput(), place)); })
      .Case([&](ReshapeOp reshape) { return this->reshape(reshape, place); })
      .Case([&](TransposeOp transpose) {
        Place inner(place.size());
        for (auto [i, axis] : llvm::enumerate(transpose.getPermutation()))
          inner[axis] = place[i];
        return at(transpose.getInput(), inner);
      })
      .Case([&](SliceOp slice) {
        Place inner(place);
        for (auto [axis, ix] : llvm::enumerate(inner)) {
          int64_t stride = slice.getStrides()[axis];
          ix = {emit.add(emit.mul(ix.at, stride), emit.extent(*DimExpr::fromAttr(slice.getStarts()[axis]))),
                ix.step * stride};
        }
        return at(slice.getInput(), inner);
      })
      .Case([&](ReverseOp reverse) {
        Place inner(place);
        for (int64_t axis : reverse.getAxes())
          inner[axis] = {emit.sub(emit.add(emit.extent(emit.dims.of(reverse.getInput())[axis]), -1), inner[axis].at),
                         -inner[axis].step};
        return at(reverse.getInput(), inner);
      })
      .Case([&](PadOp pad) { return this->pad(pad, place); })
      .Case([&](ConcatOp concat) { return this->concat(concat, place); })
      .Case([&](GatherOp gather) { return this->gather(gather, place); })
      .Case([&](CheckIndexOp check) { return this->checkIndex(check, place); })
      .Case([&](PackOp pack) { return this->pack(pack, place); })
      .Case([&](UnpackOp unpack) { return this->unpack(unpack, place); })
      .Case<RandomBitsOp, RandomUniformOp, RandomNormalOp>([&](Operation *op) { return random(op, place); })
      .Default([&](Operation *op) { return pointwise(op, place); });
}

Lanes Elements::pointwise(Operation *op, ArrayRef<Ix> place) {
  SmallVector<Lanes> operands;
  bool uniform = true;
  for (Value operand : op->getOperands()) {
    operands.push_back(at(operand, aligned(operand, place)));
    uniform &= operands.back().uniform;
  }
  SmallVector<Value> values;
  for (Lanes &operand : operands)
    values.push_back(uniform || !operand.uniform ? operand.value : emit.splat(operand.value, lanes));
  return {emitPointwise(emit, op, values), uniform};
}

Lanes Elements::choose(Value condition, Lanes yes, Lanes no) {
  bool vector = isa<VectorType>(condition.getType()) || !yes.uniform || !no.uniform;
  if (!vector)
    return {emit.create<arith::SelectOp>(condition, yes.value, no.value), true};
  return {emit.create<arith::SelectOp>(isa<VectorType>(condition.getType()) ? condition : emit.splat(condition, lanes),
                                       emit.splat(yes.value, lanes), emit.splat(no.value, lanes)),
          false};
}

//===-- Movement ---------------------------------------------------------===//

Lanes Elements::iota(IotaOp op, ArrayRef<Ix> place) {
  const Ix &ix = place[op.getAxis()];
  Type type = emit.computed(elementTypeOf(op.getResult())), i64 = emit.b.getI64Type();
  Value value = emit.create<arith::IndexCastOp>(i64, ix.at);
  if (ix.step) {
    Value counting = emit.create<arith::IndexCastOp>(
        emit.vectorOf(i64, lanes), emit.create<vector::StepOp>(emit.vectorOf(emit.b.getIndexType(), lanes)));
    Value moves = emit.create<arith::MulIOp>(counting, emit.constantOf(counting.getType(), ix.step));
    value = emit.create<arith::AddIOp>(emit.splat(value, lanes), moves);
  }
  Type result = ix.step ? Type(emit.vectorOf(type, lanes)) : type;
  if (isa<FloatType>(type))
    value = emit.create<arith::SIToFPOp>(result, value);
  else if (type != i64)
    value = emit.create<arith::TruncIOp>(result, value);
  return {value, ix.step == 0};
}

Lanes Elements::reshape(ReshapeOp op, ArrayRef<Ix> place) {
  ArrayRef<DimExpr> from = emit.dims.of(op.getInput()), to = emit.dims.of(op.getResult());
  // Axes of 1 that come and go move nothing.
  SmallVector<Ix> significant;
  for (auto [ix, dim] : llvm::zip(place, to))
    if (dim != DimExpr(1))
      significant.push_back(ix);
  Place inner;
  size_t next = 0;
  bool unit = true;
  SmallVector<DimExpr> left, right;
  for (const DimExpr &dim : from)
    if (dim != DimExpr(1))
      left.push_back(dim);
  for (const DimExpr &dim : to)
    if (dim != DimExpr(1))
      right.push_back(dim);
  unit = left == right;
  if (unit) {
    for (const DimExpr &dim : from)
      inner.push_back(dim == DimExpr(1) ? Ix{emit.zero(), 0} : significant[next++]);
    return at(op.getInput(), inner);
  }
  if (llvm::any_of(place, [](const Ix &ix) { return ix.step != 0; }))
    return byLane(op, place);
  for (Value index : emit.split(emit.linear(to, place), DimVector(from)))
    inner.push_back({index, 0});
  return at(op.getInput(), inner);
}

Lanes Elements::byLane(Operation *op, ArrayRef<Ix> place) {
  // The scalar evaluation sees no lanes and no mask; a lane beyond the end reads the last element.
  Value savedMask = mask;
  int64_t savedLanes = lanes;
  Type type = emit.computed(elementTypeOf(op->getResult(0)));
  Value vector = emit.zeroOf(emit.vectorOf(type, lanes));
  DimVector extents(emit.dims.of(op->getResult(0)));
  for (int64_t lane = 0; lane < savedLanes; ++lane) {
    Place scalar;
    for (auto [axis, ix] : llvm::enumerate(place)) {
      Value index = emit.add(ix.at, lane * ix.step);
      if (ix.step && savedMask)
        index = emit.min(index, emit.add(emit.extent(extents[axis]), -1));
      scalar.push_back({index, 0});
    }
    mask = {};
    lanes = 1;
    pushScope();
    Lanes value = compute(op, scalar);
    popScope();
    lanes = savedLanes;
    vector = emit.create<vector::InsertOp>(value.value, vector, lane);
  }
  mask = savedMask;
  return {vector, false};
}

Value Elements::within(Ix ix, Value low, Value size) {
  if (!ix.step) { // one comparison does: indices below `low` wrap to huge unsigned numbers
    return emit.create<arith::CmpIOp>(arith::CmpIPredicate::ult, emit.sub(ix.at, low), size);
  }
  Type i64 = emit.b.getI64Type();
  Value base = emit.create<arith::IndexCastOp>(i64, emit.sub(ix.at, low));
  Value counting = emit.create<arith::IndexCastOp>(
      emit.vectorOf(i64, lanes), emit.create<vector::StepOp>(emit.vectorOf(emit.b.getIndexType(), lanes)));
  Value index = emit.create<arith::AddIOp>(
      emit.splat(base, lanes), emit.create<arith::MulIOp>(counting, emit.constantOf(counting.getType(), ix.step)));
  return emit.create<arith::CmpIOp>(arith::CmpIPredicate::ult, index,
                                    emit.splat(emit.create<arith::IndexCastOp>(i64, size), lanes));
}

Lanes Elements::guarded(Value value, ArrayRef<Ix> place, Value inside) {
  bool vector = isa<VectorType>(inside.getType());
  Value saved = mask;
  if (vector) {
    mask = mask ? Value(emit.create<arith::AndIOp>(mask, inside)) : inside;
    pushScope();
    Lanes result = at(value, place);
    popScope();
    mask = saved;
    return result;
  }
  // A scalar condition: a branch, so that nothing outside is read.
  Type type = emit.computed(elementTypeOf(value));
  bool uniform = llvm::all_of(place, [](const Ix &ix) { return ix.step == 0; });
  Type result = uniform ? type : Type(emit.vectorOf(type, lanes));
  auto branch = scf::IfOp::create(emit.b, emit.location, TypeRange{result}, inside, true);
  OpBuilder::InsertionGuard guard(emit.b);
  emit.b.setInsertionPointToStart(&branch.getThenRegion().front());
  pushScope();
  Lanes taken = at(value, place);
  popScope();
  Value yielded = uniform ? taken.value : emit.splat(taken.value, lanes);
  scf::YieldOp::create(emit.b, emit.location, yielded);
  emit.b.setInsertionPointToStart(&branch.getElseRegion().front());
  scf::YieldOp::create(emit.b, emit.location, emit.zeroOf(result));
  return {branch.getResult(0), uniform};
}

Lanes Elements::pad(PadOp op, ArrayRef<Ix> place) {
  bool scattered = false; // lanes that fall between elements have no common address
  for (auto [axis, ix] : llvm::enumerate(place))
    scattered |= ix.step && op.getInterior()[axis];
  if (scattered)
    return byLane(op, place);
  ArrayRef<DimExpr> dims = emit.dims.of(op.getInput());
  DimVector extents(dims);
  Value scalarInside, vectorInside;
  Place inner;
  auto both = [&](Value a, Value c) { return a ? Value(emit.create<arith::AndIOp>(a, c)) : c; };
  for (auto [axis, ix] : llvm::enumerate(place)) {
    DimExpr low = *DimExpr::fromAttr(op.getLow()[axis]), high = *DimExpr::fromAttr(op.getHigh()[axis]);
    int64_t spacing = op.getInterior()[axis] + 1;
    Value index = emit.sub(ix.at, emit.extent(low)), size = emit.extent(extents[axis]);
    if (spacing > 1) {
      Value span = emit.mul(size, spacing); // past the last element nothing is inside anyway
      scalarInside = both(scalarInside, within({ix.at, 0}, emit.extent(low), span));
      Value onElement =
          emit.create<arith::CmpIOp>(arith::CmpIPredicate::eq, emit.rem(index, emit.index(spacing)), emit.zero());
      scalarInside = both(scalarInside, onElement);
      index = emit.div(index, emit.index(spacing));
    } else if (low != DimExpr(0) || high != DimExpr(0)) {
      Value inside = within(ix, emit.extent(low), size);
      (ix.step ? vectorInside : scalarInside) = both(ix.step ? vectorInside : scalarInside, inside);
    }
    inner.push_back({index, ix.step});
  }
  Lanes fill = at(op.getValue(), {});
  auto fetch = [&]() {
    return vectorInside ? choose(vectorInside, guarded(op.getInput(), inner, vectorInside), fill)
                        : at(op.getInput(), inner);
  };
  if (!scalarInside)
    return fetch();
  Type type = emit.computed(elementTypeOf(op.getResult()));
  bool uniform = llvm::all_of(place, [](const Ix &ix) { return ix.step == 0; });
  Type result = uniform ? type : Type(emit.vectorOf(type, lanes));
  auto branch = scf::IfOp::create(emit.b, emit.location, TypeRange{result}, scalarInside, true);
  OpBuilder::InsertionGuard guard(emit.b);
  emit.b.setInsertionPointToStart(&branch.getThenRegion().front());
  pushScope();
  Lanes taken = fetch();
  popScope();
  scf::YieldOp::create(emit.b, emit.location, ValueRange{uniform ? taken.value : emit.splat(taken.value, lanes)});
  emit.b.setInsertionPointToStart(&branch.getElseRegion().front());
  scf::YieldOp::create(emit.b, emit.location, ValueRange{uniform ? fill.value : emit.splat(fill.value, lanes)});
  return {branch.getResult(0), uniform};
}

Lanes Elements::concat(ConcatOp op, ArrayRef<Ix> place) {
  int64_t axis = op.getAxis();
  DimExpr begin(0);
  Lanes result{emit.zeroOf(emit.computed(elementTypeOf(op.getResult()))), true};
  for (Value input : op.getInputs()) {
    DimExpr size = emit.dims.of(input)[axis];
    Place inner(place);
    inner[axis].at = emit.sub(place[axis].at, emit.extent(begin));
    Value inside = within(place[axis], emit.extent(begin), emit.extent(size));
    result = choose(inside, guarded(input, inner, inside), result);
    begin = begin + size;
  }
  return result;
}

Lanes Elements::pack(PackOp op, ArrayRef<Ix> place) {
  // [.., p, k, j] is [.., k, p width + j], 0 past the last column.
  size_t rank = place.size();
  const Ix &panel = place[rank - 3], &row = place[rank - 2], &column = place[rank - 1];
  if (panel.step)
    return byLane(op, place);
  Place inner(place.drop_back(3));
  inner.push_back(row);
  inner.push_back({emit.add(emit.mul(panel.at, op.getWidth()), column.at), column.step});
  DimExpr columns = emit.dims.of(op.getInput()).back();
  if (columns.isConstant() && columns.constant() % op.getWidth() == 0)
    return at(op.getInput(), inner);
  Value inside = within(inner.back(), emit.zero(), emit.extent(columns));
  return choose(inside, guarded(op.getInput(), inner, inside),
                {emit.zeroOf(emit.computed(elementTypeOf(op.getResult()))), true});
}

Lanes Elements::unpack(UnpackOp op, ArrayRef<Ix> place) {
  size_t rank = place.size();
  const Ix &row = place[rank - 2], &column = place[rank - 1];
  int64_t width = emit.dims.of(op.getInput()).back().constant();
  // Vectors start at multiples of their length, so one that divides the width never leaves its panel.
  if (column.step > 1 || column.step < 0 || (column.step == 1 && (width % lanes != 0)))
    return byLane(op, place);
  Place inner(place.drop_back(2));
  inner.push_back({emit.div(column.at, emit.index(width)), 0});
  inner.push_back(row);
  inner.push_back({emit.rem(column.at, emit.index(width)), column.step});
  return at(op.getInput(), inner);
}

std::pair<Value, Value> Elements::checked(Value indices, ArrayRef<Ix> place, const DimExpr &dim) {
  Type i64 = emit.b.getI64Type();
  Value index = at(indices, place).value;
  if (index.getType() != i64)
    index = elementTypeOf(indices).isUnsignedInteger() ? Value(emit.create<arith::ExtUIOp>(i64, index))
                                                       : Value(emit.create<arith::ExtSIOp>(i64, index));
  Value bound = emit.create<arith::IndexCastOp>(i64, emit.extent(dim));
  Value inside = emit.create<arith::CmpIOp>(arith::CmpIPredicate::ult, index, bound);
  Value outside = emit.create<arith::XOrIOp>(inside, emit.constantOf(emit.b.getI1Type(), -1));
  emit.when(outside, [&] {
    Value position = emit.create<arith::IndexCastOp>(i64, emit.linear(DimVector(emit.dims.of(indices)), place));
    emit.fault(position, index, bound);
  });
  return {index, inside};
}

Lanes Elements::checkIndex(CheckIndexOp op, ArrayRef<Ix> place) {
  if (llvm::any_of(place, [](const Ix &ix) { return ix.step != 0; }))
    return byLane(op, place);
  checked(op.getInput(), place, *DimExpr::fromAttr(op.getDim()));
  return at(op.getInput(), place);
}

Lanes Elements::gather(GatherOp op, ArrayRef<Ix> place) {
  size_t axis = op.getAxis(), indexRank = emit.dims.of(op.getIndices()).size();
  Place indexPlace(place.slice(axis, indexRank));
  if (llvm::any_of(indexPlace, [](const Ix &ix) { return ix.step != 0; }))
    return byLane(op, place);
  // Out of range: reported, and element 0 is read where there surely is one, so that no address is invalid.
  DimExpr extent = emit.dims.of(op.getInput())[axis];
  bool hasElement = extent.isConstant() && extent.constant() > 0;
  auto [index, inside] = checked(op.getIndices(), indexPlace, extent);
  if (hasElement)
    index = emit.create<arith::SelectOp>(inside, index, emit.constantOf(index.getType(), 0));
  Place inner(place.take_front(axis));
  inner.push_back({emit.create<arith::IndexCastOp>(emit.b.getIndexType(), index), 0});
  llvm::append_range(inner, place.drop_front(axis + indexRank));
  return hasElement ? at(op.getInput(), inner) : guarded(op.getInput(), inner, inside);
}
