// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/Elements/Emitter.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

Value Emitter::index(int64_t value) { return arith::ConstantIndexOp::create(b, location, value); }

Value Emitter::extent(const DimExpr &dim) {
  Value total;
  for (auto &[monomial, coefficient] : dim.terms()) {
    Value term = index(coefficient);
    for (const DimExpr::Atom &atom : monomial) {
      Value factor = atom.numerator ? fold<arith::FloorDivSIOp>(extent(*atom.numerator), extent(*atom.denominator))
                                    : names.at(atom.name);
      term = mul(factor, term);
    }
    total = total ? add(total, term) : term;
  }
  return total ? total : zero();
}

SmallVector<Value> Emitter::strides(ArrayRef<DimExpr> dims) {
  SmallVector<Value> result(dims.size());
  DimExpr stride(1);
  for (size_t axis = dims.size(); axis-- > 0;) {
    result[axis] = extent(stride);
    stride = stride * dims[axis];
  }
  return result;
}

SmallVector<Value> Emitter::split(Value linear, ArrayRef<DimExpr> dims) {
  SmallVector<Value> result(dims.size());
  for (size_t axis = dims.size(); axis-- > 0;) {
    if (dims[axis] == DimExpr(1)) {
      result[axis] = zero();
      continue;
    }
    bool outermost = llvm::all_of(dims.take_front(axis), [](const DimExpr &d) { return d == DimExpr(1); });
    Value size = extent(dims[axis]);
    result[axis] = outermost ? linear : rem(linear, size);
    if (!outermost)
      linear = div(linear, size);
  }
  return result;
}

//===-- Loops ------------------------------------------------------------===//

void Emitter::loop(Value low, Value high, int64_t step, const Body &body) {
  loop(low, high, step, ValueRange(), [&](Value i, ValueRange) {
    body(i);
    return SmallVector<Value>();
  });
}

SmallVector<Value> Emitter::loop(Value low, Value high, int64_t step, ValueRange inits, const CarryBody &body) {
  std::optional<int64_t> first = known(low), last = known(high);
  if (first && last && *first + step >= *last) { // one trip or none
    if (*first >= *last)
      return SmallVector<Value>(inits.begin(), inits.end());
    return body(low, inits);
  }
  auto op = scf::ForOp::create(b, location, low, high, index(step), inits);
  OpBuilder::InsertionGuard guard(b);
  // Without carries the loop comes with its terminator.
  if (inits.empty()) {
    b.setInsertionPoint(op.getBody()->getTerminator());
    body(op.getInductionVar(), {});
  } else {
    b.setInsertionPointToEnd(op.getBody());
    SmallVector<Value> next = body(op.getInductionVar(), op.getRegionIterArgs());
    scf::YieldOp::create(b, location, next);
  }
  return SmallVector<Value>(op.getResults().begin(), op.getResults().end());
}

void Emitter::when(Value condition, const std::function<void()> &then, const std::function<void()> &otherwise) {
  if (std::optional<int64_t> value = known(condition)) {
    if (*value)
      then();
    else if (otherwise)
      otherwise();
    return;
  }
  auto op = scf::IfOp::create(b, location, condition, static_cast<bool>(otherwise));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(&op.getThenRegion().front());
  then();
  if (otherwise) {
    b.setInsertionPointToStart(&op.getElseRegion().front());
    otherwise();
  }
}

void Emitter::parallel(Value count, const std::function<void(Value, Value)> &body) {
  if (known(count) == 1)
    return body(zero(), zero());
  auto op = ParallelOp::create(b, location, count);
  Block &block = op.getBody().emplaceBlock();
  Value task = block.addArgument(b.getIndexType(), location), worker = block.addArgument(b.getIndexType(), location);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(&block);
  body(task, worker);
  YieldOp::create(b, location, ValueRange());
}

//===-- Types ------------------------------------------------------------===//

Type Emitter::stored(Type type) {
  if (type.isBF16()) // as bits: a masked store of bf16 may become a call on the way to instructions
    return b.getI16Type();
  auto integer = dyn_cast<IntegerType>(type);
  return integer && integer.getWidth() <= 8 ? IntegerType::get(type.getContext(), 8) : type;
}

Type Emitter::computed(Type type) {
  if (type.isF16() || type.isBF16())
    return b.getF32Type();
  auto integer = dyn_cast<IntegerType>(type);
  return integer && !integer.isSignless() ? IntegerType::get(type.getContext(), integer.getWidth()) : type;
}

int64_t Emitter::vectorLanes(Type type) {
  return target.getVectorBits() / std::max<int64_t>(32, type.getIntOrFloatBitWidth());
}

Value Emitter::constantOf(Type type, double value) {
  Type element = getElementTypeOrSelf(type);
  TypedAttr attr = isa<FloatType>(element)
                       ? TypedAttr(FloatAttr::get(element, value))
                       : TypedAttr(IntegerAttr::get(
                             element, APInt(element.getIntOrFloatBitWidth(), static_cast<int64_t>(value), true, true)));
  if (auto vector = dyn_cast<VectorType>(type))
    attr = SplatElementsAttr::get(vector, attr);
  return arith::ConstantOp::create(b, location, attr);
}
Value Emitter::zeroOf(Type type) { return constantOf(type, 0.0); }

Value Emitter::splat(Value scalar, int64_t lanes) {
  return isa<VectorType>(scalar.getType()) ? scalar
                                           : fold<vector::BroadcastOp>(vectorOf(scalar.getType(), lanes), scalar);
}

Value Emitter::maskFor(Value count, int64_t lanes) {
  return vector::CreateMaskOp::create(b, location, vectorOf(b.getI1Type(), lanes), count);
}

Value Emitter::widen(Value value, Type elementType) {
  Type element = getElementTypeOrSelf(value);
  auto like = [&](Type type) {
    return isa<VectorType>(value.getType()) ? Type(vectorOf(type, cast<VectorType>(value.getType()).getDimSize(0)))
                                            : type;
  };
  if (elementType.isBF16()) { // the upper half of f32: exact, and the same on every target
    Value wide = create<arith::ExtUIOp>(like(b.getI32Type()), value);
    Value shifted = create<arith::ShLIOp>(wide, constantOf(like(b.getI32Type()), 16));
    return create<arith::BitcastOp>(like(b.getF32Type()), shifted);
  }
  if (element.isF16())
    return create<arith::ExtFOp>(like(b.getF32Type()), value);
  if (elementType.isInteger(1))
    return create<arith::CmpIOp>(arith::CmpIPredicate::ne, value, zeroOf(value.getType()));
  return value;
}

Value Emitter::narrow(Value value, Type elementType) {
  auto like = [&](Type type) {
    return isa<VectorType>(value.getType()) ? Type(vectorOf(type, cast<VectorType>(value.getType()).getDimSize(0)))
                                            : type;
  };
  if (elementType.isBF16()) {
    // Nearest even on bits: add 0x7fff and the last kept bit; NaN keeps its upper half, made quiet.
    Type i32 = like(b.getI32Type());
    Value bits = create<arith::BitcastOp>(i32, value);
    Value last = create<arith::AndIOp>(create<arith::ShRUIOp>(bits, constantOf(i32, 16)), constantOf(i32, 1));
    Value rounded = create<arith::AddIOp>(bits, create<arith::AddIOp>(last, constantOf(i32, 0x7fff)));
    Value quiet = create<arith::OrIOp>(bits, constantOf(i32, 0x400000));
    Value isNan = create<arith::CmpFOp>(arith::CmpFPredicate::UNO, value, value);
    Value chosen = create<arith::SelectOp>(isNan, quiet, rounded);
    return create<arith::TruncIOp>(like(b.getI16Type()), create<arith::ShRUIOp>(chosen, constantOf(i32, 16)));
  }
  if (elementType.isF16())
    return create<arith::TruncFOp>(like(elementType), value);
  if (elementType.isInteger(1))
    return create<arith::ExtUIOp>(like(b.getI8Type()), value);
  return value;
}

//===-- Memory -----------------------------------------------------------===//

Value Emitter::linear(ArrayRef<DimExpr> dims, ArrayRef<Ix> place) {
  // Horner: the innermost extents are usually constants, so few multiplications stay.
  Value total = zero();
  SmallVector<Value> step = strides(dims);
  for (size_t axis = 0; axis < dims.size(); ++axis)
    total = add(total, mul(place[axis].at, step[axis]));
  return total;
}

Value Emitter::loadAt(const Buffer &buffer, Value at, int64_t lanes, Value mask) {
  Type type = stored(buffer.elementType);
  Value value;
  if (lanes == 1)
    value = create<memref::LoadOp>(buffer.memref, ValueRange{at});
  else if (mask)
    value = create<vector::MaskedLoadOp>(vectorOf(type, lanes), buffer.memref, ValueRange{at}, mask,
                                         zeroOf(vectorOf(type, lanes)));
  else
    value = create<vector::LoadOp>(vectorOf(type, lanes), buffer.memref, ValueRange{at});
  return widen(value, buffer.elementType);
}

/// Whether a mask is known to leave the first lane alone.
static bool isFirstLane(Value mask) {
  if (auto create = mask.getDefiningOp<vector::CreateMaskOp>())
    return getConstantIntValue(create.getOperand(0)) == 1;
  auto constant = mask.getDefiningOp<vector::ConstantMaskOp>();
  return constant && constant.getMaskDimSizes()[0] == 1;
}

void Emitter::storeAt(const Buffer &buffer, Value at, Value value, int64_t lanes, Value mask) {
  value = narrow(value, buffer.elementType);
  if (lanes == 1)
    create<memref::StoreOp>(value, buffer.memref, ValueRange{at});
  else if (mask && isFirstLane(mask)) // LLVM 22 stores four bytes of a truncated lane of two
    create<memref::StoreOp>(create<vector::ExtractOp>(value, ArrayRef<int64_t>{0}), buffer.memref, ValueRange{at});
  else if (mask)
    create<vector::MaskedStoreOp>(buffer.memref, ValueRange{at}, mask, value);
  else
    create<vector::StoreOp>(value, buffer.memref, ValueRange{at});
}

Lanes Emitter::load(const Buffer &buffer, ArrayRef<Ix> place, int64_t lanes, Value mask) {
  Value at = linear(buffer.dims, place);
  SmallVector<Value> stride = strides(buffer.dims);
  Value step; // elements between neighbouring lanes
  for (auto [axis, ix] : llvm::enumerate(place))
    if (ix.step) {
      Value move = mul(stride[axis], ix.step);
      step = step ? add(step, move) : move;
    }
  if (!step)
    return {loadAt(buffer, at, 1, {}), true};
  if (known(step) == 1)
    return {loadAt(buffer, at, lanes, mask), false};
  Type i64 = b.getI64Type();
  Value counting =
      create<arith::IndexCastOp>(vectorOf(i64, lanes), create<vector::StepOp>(vectorOf(b.getIndexType(), lanes)));
  Value offsets = create<arith::MulIOp>(counting, splat(create<arith::IndexCastOp>(i64, step), lanes));
  return {gatherAt(buffer, at, offsets, lanes, mask), false};
}

Value Emitter::gatherAt(const Buffer &buffer, Value at, Value offsets, int64_t lanes, Value mask) {
  Type type = stored(buffer.elementType);
  Value all =
      mask ? mask : Value(create<arith::ConstantOp>(DenseElementsAttr::get(vectorOf(b.getI1Type(), lanes), true)));
  Value value = create<vector::GatherOp>(vectorOf(type, lanes), buffer.memref, ValueRange{at}, offsets, all,
                                         zeroOf(vectorOf(type, lanes)));
  return widen(value, buffer.elementType);
}

void Emitter::fault(Value position, Value index, Value bound) {
  create<FaultOp>(frame, b.getI64IntegerAttr(-2), position, index, bound);
}

void Emitter::store(const Buffer &buffer, ArrayRef<Ix> place, Lanes value, int64_t lanes, Value mask) {
  bool moves = llvm::any_of(place, [](const Ix &ix) { return ix.step != 0; });
  Value at = linear(buffer.dims, place);
  if (!moves)
    return storeAt(buffer, at, value.value, 1, {});
  storeAt(buffer, at, value.uniform ? splat(value.value, lanes) : value.value, lanes, mask);
}
