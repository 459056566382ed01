// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/Elements/PoolWindow.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

PoolWindow::PoolWindow(Elements &elements, Operation *op) : elements(elements), emit(elements.emit), op(op) {
  type = emit.computed(elementTypeOf(op->getResult(0)));
  bool isGradient = isa<MaxPoolGradOp, SumPoolGradOp>(op);
  Value large = isa<SumPoolGradOp>(op) ? op->getResult(0) : op->getOperand(0);
  Value small = isGradient ? op->getOperand(op->getNumOperands() - 1) : op->getResult(0);
  ArrayRef<DimExpr> dims = emit.dims.of(large);
  rank = dims.size();
  samples = dims.front();
  channels = dims.back();
  DimVector window;
  for (int64_t extent : op->getAttrOfType<DenseI64ArrayAttr>("window").asArrayRef())
    window.push_back(DimExpr(extent));
  axes = windowAxes(op, dims, window, emit.dims.of(small));
  padded = llvm::any_of(axes, [](const WindowAxis &axis) { return !axis.inPlace(); });
  for (const WindowAxis &axis : axes)
    overlaps |= axis.window.constant() > axis.stride;
}

Value PoolWindow::constant(Type element, double value) {
  return emit.constantOf(elements.lanes > 1 ? Type(emit.vectorOf(element, elements.lanes)) : element, value);
}

Value PoolWindow::read(Value value, Value n, ArrayRef<Value> where, Value c) {
  elements.pushScope();
  Lanes read = elements.at(value, imagePlace(rank, n, where, channel(c)));
  elements.popScope();
  return elements.lanes > 1 ? emit.splat(read.value, elements.lanes) : read.value;
}

Value PoolWindow::tapLanes(Value tap) {
  Value number = emit.create<arith::IndexCastOp>(emit.b.getI32Type(), tap);
  return elements.lanes > 1 ? emit.splat(number, elements.lanes) : number;
}

/// The place of a window's first element, which may be negative.
Value PoolWindow::first(size_t axis, Value window) {
  return emit.sub(emit.mul(window, axes[axis].stride), emit.extent(axes[axis].low));
}

/// The places of a window that lie inside the source.
std::pair<Value, Value> PoolWindow::insideOf(const WindowAxis &axis, Value first) {
  Value size = emit.extent(axis.window);
  if (axis.inPlace())
    return {emit.zero(), size};
  return {emit.max(emit.sub(emit.zero(), first), emit.zero()),
          emit.min(size, emit.sub(emit.extent(axis.source), first))};
}

PoolWindow::Carry PoolWindow::foldWindow(ArrayRef<Value> window, Carry carry,
                                         const std::function<Carry(Carry, Tap)> &body) {
  constexpr int64_t few = 16;
  Carry firsts;
  int64_t count = 1;
  for (auto [i, axis] : llvm::enumerate(axes)) {
    count *= axis.window.constant();
    firsts.push_back(first(i, window[i]));
  }
  if (count <= few && (!padded || unrollsPadding))
    return unrolled(firsts, carry, body);
  std::function<Carry(size_t, Carry, Carry, Value)> nest = [&](size_t i, Carry carry, Carry at, Value tap) -> Carry {
    if (i == axes.size())
      return body(carry, {at, tap, {}});
    auto [low, high] = insideOf(axes[i], firsts[i]);
    return emit.loop(low, high, 1, carry, [&](Value k, ValueRange carried) {
      Carry next(at);
      next.push_back(emit.add(firsts[i], k));
      return nest(i + 1, Carry(carried.begin(), carried.end()), next,
                  emit.add(emit.mul(tap, emit.extent(axes[i].window)), k));
    });
  };
  return nest(0, carry, {}, emit.zero());
}

/// A tap outside of the image stands at the nearest element inside.
PoolWindow::Carry PoolWindow::unrolled(ArrayRef<Value> firsts, Carry carry,
                                       const std::function<Carry(Carry, Tap)> &body) {
  DimVector window{axes[0].window, axes[1].window, axes[2].window};
  for (int64_t tap = 0, count = product(window).constant(); tap < count; ++tap) {
    Carry at = emit.split(emit.index(tap), window);
    Value inside;
    for (auto [i, axis] : llvm::enumerate(axes)) {
      at[i] = emit.add(firsts[i], at[i]);
      if (axis.inPlace())
        continue;
      Value source = emit.extent(axis.source),
            here = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::ult, at[i], source);
      inside = inside ? emit.fold<arith::AndIOp>(inside, here) : here;
      at[i] = emit.max(emit.min(at[i], emit.add(source, -1)), emit.zero());
    }
    carry = body(carry, {at, emit.index(tap), inside});
  }
  return carry;
}

Value PoolWindow::result(Value n, ArrayRef<Value> window, Value c) {
  if (!isa<SumPoolOp>(op))
    return largest(n, window, c)[isa<MaxPoolOp>(op) ? 0 : 2];
  return foldWindow(window, {constant(type, 0)}, [&](Carry carry, Tap tap) {
    Value x = read(op->getOperand(0), n, tap.at, c);
    if (tap.inside)
      x = emit.create<arith::SelectOp>(tap.inside, x, constant(type, 0));
    return Carry{emit.create<arith::AddFOp>(carry[0], x)};
  })[0];
}

/// The first largest element, its number in the window, and (max_pool_pick)
/// the other operand's element there. NaN is larger than anything but NaN.
PoolWindow::Carry PoolWindow::largest(Value n, ArrayRef<Value> window, Value c) {
  bool picks = isa<MaxPoolPickOp>(op), wantsTap = isa<MaxPoolGradOp>(op);
  // Before the first element: its number, and what no element falls below.
  Value firstTap = emit.zero();
  Carry firstAt;
  for (auto [i, axis] : llvm::enumerate(axes)) {
    Value begin = first(i, window[i]), low = insideOf(axis, begin).first;
    firstTap = emit.add(emit.mul(firstTap, emit.extent(axis.window)), low);
    firstAt.push_back(emit.add(begin, low));
  }
  Carry start{constant(type, -std::numeric_limits<double>::infinity())};
  start.push_back(wantsTap ? tapLanes(firstTap) : start[0]);
  if (picks)
    start.push_back(read(op->getOperand(1), n, firstAt, c));
  return foldWindow(window, start, [&](Carry carry, Tap tap) {
    Value x = read(op->getOperand(0), n, tap.at, c), best = carry[0];
    Value greater = emit.create<arith::CmpFOp>(arith::CmpFPredicate::UGT, x, best);
    Value isNumber = emit.create<arith::CmpFOp>(arith::CmpFPredicate::ORD, best, best);
    Value larger = emit.create<arith::AndIOp>(greater, isNumber);
    if (tap.inside)
      larger =
          emit.create<arith::AndIOp>(larger, elements.lanes > 1 ? emit.splat(tap.inside, elements.lanes) : tap.inside);
    Carry next{emit.create<arith::SelectOp>(larger, x, best)};
    next.push_back(wantsTap ? Value(emit.create<arith::SelectOp>(larger, tapLanes(tap.number), carry[1])) : next[0]);
    if (picks)
      next.push_back(emit.create<arith::SelectOp>(larger, read(op->getOperand(1), n, tap.at, c), carry[2]));
    return next;
  });
}

Value PoolWindow::cotangentOf(Value n, ArrayRef<Value> window, Value tap, Value c,
                              llvm::function_ref<Value(ArrayRef<Value>)> chosen) {
  Value dy = read(op->getOperand(op->getNumOperands() - 1), n, window, c);
  if (!isa<MaxPoolGradOp>(op))
    return dy;
  Value isHere = emit.create<arith::CmpIOp>(arith::CmpIPredicate::eq, chosen(window), tapLanes(tap));
  return emit.create<arith::SelectOp>(isHere, dy, constant(type, 0));
}

Value PoolWindow::gradient(Value n, ArrayRef<Value> at, Value c, llvm::function_ref<Value(ArrayRef<Value>)> chosen) {
  constexpr int64_t few = 64;
  int64_t reads = 1;
  for (const WindowAxis &axis : axes)
    reads *= axis.window.constant() * axis.window.ceilDiv(axis.stride).constant();
  if (unrollsPadding && reads <= few)
    return unrolledGradient(n, at, c, chosen);
  std::function<Carry(size_t, Carry, Carry, Value)> nest = [&](size_t i, Carry carry, Carry window,
                                                               Value tap) -> Carry {
    if (i == axes.size())
      return {emit.create<arith::AddFOp>(carry[0], cotangentOf(n, window, tap, c, chosen))};
    // Windows p with p stride - low <= at < p stride - low + window.
    const WindowAxis &axis = axes[i];
    Value shifted = emit.add(at[i], emit.extent(axis.low));
    Value reach = emit.max(emit.add(shifted, axis.stride - axis.window.constant()), emit.zero());
    Value low = emit.div(reach, emit.index(axis.stride));
    Value high = emit.min(emit.add(emit.div(shifted, emit.index(axis.stride)), 1), emit.extent(axis.output));
    return emit.loop(low, high, 1, carry, [&](Value p, ValueRange carried) {
      Carry next(window);
      next.push_back(p);
      Value k = emit.sub(shifted, emit.mul(p, axis.stride));
      return nest(i + 1, Carry(carried.begin(), carried.end()), next,
                  emit.add(emit.mul(tap, emit.extent(axis.window)), k));
    });
  };
  return nest(0, {constant(type, 0)}, {}, emit.zero())[0];
}

/// Each axis has at most window / stride windows, rounded up, that may meet the
/// element, counted back from the last that begins before it. One that does not
/// stands at the nearest window and adds nothing.
Value PoolWindow::unrolledGradient(Value n, ArrayRef<Value> at, Value c,
                                   llvm::function_ref<Value(ArrayRef<Value>)> chosen) {
  DimVector counts;
  for (const WindowAxis &axis : axes)
    counts.push_back(axis.window.ceilDiv(axis.stride));
  Value total = constant(type, 0);
  for (int64_t number = 0, count = product(counts).constant(); number < count; ++number) {
    Carry back = emit.split(emit.index(count - 1 - number), counts), window;
    Value tap = emit.zero(), meets = emit.constantOf(emit.b.getI1Type(), 1);
    for (auto [i, axis] : llvm::enumerate(axes)) {
      Value shifted = emit.add(at[i], emit.extent(axis.low));
      Value p = emit.sub(emit.div(shifted, emit.index(axis.stride)), back[i]);
      Value k = emit.sub(shifted, emit.mul(p, axis.stride));
      for (auto [index, bound] : {std::pair(p, axis.output), std::pair(k, axis.window)})
        meets = emit.fold<arith::AndIOp>(
            meets, emit.fold<arith::CmpIOp>(arith::CmpIPredicate::ult, index, emit.extent(bound)));
      tap = emit.add(emit.mul(tap, emit.extent(axis.window)), k);
      window.push_back(emit.max(emit.min(p, emit.add(emit.extent(axis.output), -1)), emit.zero()));
    }
    Value sum = emit.create<arith::AddFOp>(total, cotangentOf(n, window, tap, c, chosen));
    total = emit.create<arith::SelectOp>(meets, sum, total);
  }
  return total;
}
