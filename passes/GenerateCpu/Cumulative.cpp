// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Running sums along an axis, in its order (or from its end). Lanes run along
// the innermost axis if it is not the summed one.
#include "passes/GenerateCpu/Generators.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

LogicalResult dlc::generateCumsum(Kernel &kernel, Operation *root) {
  auto op = cast<CumsumOp>(root);
  Emitter &emit = kernel.emit;
  DimVector dims(emit.dims.of(op.getResult()));
  size_t axis = op.getAxis(), lastAxis = dims.size() - 1;
  int64_t lanes = axis == lastAxis ? 1 : kernel.schedule.getLanes();
  Type type = emit.computed(elementTypeOf(op.getResult()));
  Elements elements(emit, lanes);
  elements.buffers = kernel.inputs;

  DimVector outer;
  for (auto [i, dim] : llvm::enumerate(dims))
    outer.push_back(i == axis ? DimExpr(1) : i == lastAxis ? dim.ceilDiv(lanes) : dim);
  Value total = emit.extent(product(outer)), length = emit.extent(dims[axis]);
  int64_t grain = kernel.schedule.getGrain();
  emit.parallel(emit.ceilDiv(total, grain), [&](Value task, Value) {
    Value low = emit.mul(task, grain), high = emit.min(emit.add(low, grain), total);
    emit.loop(low, high, 1, [&](Value number) {
      SmallVector<Value> at = emit.split(number, outer);
      Place place;
      for (Value index : at)
        place.push_back({index, 0});
      Value mask;
      if (lanes > 1) {
        Value first = emit.mul(at[lastAxis], lanes);
        place[lastAxis] = {first, 1};
        if (!(dims[lastAxis].isConstant() && dims[lastAxis].constant() % lanes == 0))
          mask = emit.maskFor(emit.sub(emit.extent(dims[lastAxis]), first), lanes);
      }
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
        Value sum = isa<FloatType>(type) ? Value(emit.create<arith::AddFOp>(carried[0], x)) : Value(emit.create<arith::AddIOp>(carried[0], x));
        emit.store(kernel.outputs[0], where, {op.getExclusive() ? carried[0] : sum, lanes == 1}, lanes, mask);
        return SmallVector<Value>{sum};
      });
    });
  });
  return success();
}
