// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Running sums along an axis, in its order (or from its end). Along an outer
// axis a thread walks a vector of columns; along the innermost a warp takes a
// row 32 elements at a time and adds up by shuffles, in a fixed order.
#include "passes/GenerateGpu/Generators.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
class Cumulative {
public:
  Cumulative(DeviceKernel &kernel, CumsumOp op)
      : kernel(kernel), emit(kernel.device), op(op), lanes(kernel.schedule.getLanes()), elements(emit, lanes),
        dims(emit.dims.of(op.getResult())), axis(op.getAxis()) {
    elements.buffers = kernel.inputs;
    type = emit.computed(elementTypeOf(op.getResult()));
    isRow = axis + 1 == static_cast<int64_t>(dims.size());
  }

  void generate() {
    DimVector units(dims); // one for each sum that runs
    units[axis] = DimExpr(1);
    if (!isRow)
      units.back() = units.back().ceilDiv(lanes);
    int64_t perBlock = kernel.threads() / (isRow ? warpSize : 1);
    DimExpr count = product(units);
    kernel.grid = count.ceilDiv(perBlock);
    Value thread = emit.thread();
    Value number = emit.add(emit.mul(emit.block(), perBlock), isRow ? emit.div(thread, emit.index(warpSize)) : thread);
    lane = emit.rem(thread, emit.index(warpSize));
    length = emit.extent(dims[axis]);
    emit.when(emit.less(number, emit.extent(count)), [&] { // whole warps, of rows
      for (Value index : emit.split(number, units))
        place.push_back({index, 0});
      if (lanes > 1)
        place.back() = {emit.mul(place.back().at, lanes), 1};
      isRow ? row() : column();
    });
  }

private:
  /// The place of step `step`.
  Place at(Value step) {
    Place where(place);
    where[axis] = {op.getReverse() ? emit.sub(emit.add(length, -1), step) : step, 0};
    return where;
  }
  Value plus(Value a, Value b) {
    return isa<FloatType>(type) ? Value(emit.create<arith::AddFOp>(a, b)) : Value(emit.create<arith::AddIOp>(a, b));
  }
  Value read(Value step) {
    elements.pushScope();
    Value x = elements.at(op.getInput(), at(step)).value;
    elements.popScope();
    return lanes > 1 ? emit.splat(x, lanes) : x;
  }
  void store(Value step, Value value) { emit.store(kernel.outputs[0], at(step), {value, lanes == 1}, lanes, {}); }

  void column() {
    Value zero = emit.zeroOf(lanes > 1 ? Type(emit.vectorOf(type, lanes)) : type);
    emit.loop(emit.zero(), length, 1, {zero}, [&](Value step, ValueRange carried) {
      Value sum = plus(carried[0], read(step));
      store(step, op.getExclusive() ? carried[0] : sum);
      return SmallVector<Value>{sum};
    });
  }

  void row() {
    Value zero = emit.zeroOf(type);
    emit.loop(emit.zero(), length, warpSize, {zero}, [&](Value begin, ValueRange carried) {
      Value step = emit.add(begin, lane), inside = emit.less(step, length);
      Value sum = read(emit.min(step, emit.add(length, -1))); // every lane takes part in shuffles
      for (int64_t distance = 1; distance < warpSize; distance *= 2) {
        Value below = plus(emit.fromBelow(sum, distance), sum), hasOne = emit.less(emit.index(distance - 1), lane);
        sum = emit.create<arith::SelectOp>(hasOne, below, sum);
      }
      Value total = plus(carried[0], emit.fromLane(sum, warpSize - 1)), result = plus(carried[0], sum);
      if (op.getExclusive()) {
        Value isFirst = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::eq, lane, emit.zero());
        result = emit.create<arith::SelectOp>(isFirst, carried[0], emit.fromBelow(result, 1));
      }
      emit.when(inside, [&] { store(step, result); });
      return SmallVector<Value>{total};
    });
  }

  DeviceKernel &kernel;
  DeviceEmitter &emit;
  CumsumOp op;
  int64_t lanes;
  Elements elements;
  DimVector dims;
  int64_t axis;
  bool isRow;
  Type type;
  Place place;
  Value lane, length;
};
} // namespace

LogicalResult dlc::generateDeviceCumsum(DeviceKernel &kernel, Operation *root) {
  auto op = cast<CumsumOp>(root);
  int64_t lanes = kernel.schedule.getLanes();
  const DimExpr &last = kernel.device.dims.of(op.getResult()).back();
  bool isRow = op.getAxis() + 1 == kernel.device.dims.of(op.getResult()).size();
  if (lanes < 1 || (lanes > 1 && (isRow || !(last.isConstant() && last.constant() % lanes == 0))))
    return kernel.op.emitOpError() << "schedule has " << lanes << " lanes, which do not divide rows of " << last.str();
  Cumulative(kernel, op).generate();
  return success();
}
