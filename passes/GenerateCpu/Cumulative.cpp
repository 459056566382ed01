// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Running sums along an axis, in its order (or from its end). Lanes run along
// the innermost axis if it is not the summed one.
#include "passes/GenerateCpu/OtherAxes.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

LogicalResult dlc::generateCumsum(Kernel &kernel, Operation *root) {
  auto op = cast<CumsumOp>(root);
  Emitter &emit = kernel.emit;
  DimVector dims(emit.dims.of(op.getResult()));
  size_t axis = op.getAxis();
  OtherAxes others(kernel, dims, axis);
  int64_t lanes = others.lanes;
  Type type = emit.computed(elementTypeOf(op.getResult()));
  Elements elements(emit, lanes);
  elements.buffers = kernel.inputs;

  Value total = others.count(), length = emit.extent(dims[axis]);
  int64_t grain = kernel.schedule.getGrain();
  emit.parallel(emit.ceilDiv(total, grain), [&](Value task, Value) {
    Value low = emit.mul(task, grain), high = emit.min(emit.add(low, grain), total);
    emit.loop(low, high, 1, [&](Value number) {
      auto [place, mask] = others.at(number);
      Value zero = emit.zeroOf(lanes > 1 ? Type(emit.vectorOf(type, lanes)) : type);
      emit.loop(emit.zero(), length, 1, {zero}, [&](Value step, ValueRange carried) {
        Place where(place);
        where[axis] = {op.getReverse() ? emit.sub(emit.add(length, -1), step) : step, 0};
        elements.pushScope();
        elements.mask = mask;
        Value x = elements.at(op.getInput(), where).value;
        elements.mask = {};
        elements.popScope();
        if (lanes > 1)
          x = emit.splat(x, lanes);
        Value sum = isa<FloatType>(type) ? Value(emit.create<arith::AddFOp>(carried[0], x))
                                         : Value(emit.create<arith::AddIOp>(carried[0], x));
        emit.store(kernel.outputs[0], where, {op.getExclusive() ? carried[0] : sum, lanes == 1}, lanes, mask);
        return SmallVector<Value>{sum};
      });
    });
  });
  return success();
}
