// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// scatter_add: zeros, then each update added where its index says, in row-major
// order of the indices. Tasks share the other axes, never the indices, so sums
// do not depend on threads. Lanes run along the innermost axis if it is not the
// indexed one.
#include "passes/GenerateCpu/OtherAxes.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

LogicalResult dlc::generateScatter(Kernel &kernel, Operation *root) {
  auto op = cast<ScatterAddOp>(root);
  Emitter &emit = kernel.emit;
  DimVector dims(emit.dims.of(op.getResult())), indexDims(emit.dims.of(op.getIndices()));
  size_t axis = op.getAxis();
  OtherAxes others(kernel, dims, axis);
  int64_t lanes = others.lanes;
  Type type = emit.computed(elementTypeOf(op.getResult()));
  Elements elements(emit, lanes);
  elements.buffers = kernel.inputs;

  // Sums of 16-bit numbers are kept in f32 until all are added.
  Buffer result = kernel.outputs[0], sums = result;
  bool wide = type.isF32() && !elementTypeOf(op.getResult()).isF32();
  if (wide) {
    kernel.sharedBytes = lines(product(dims) * DimExpr(4));
    sums = kernel.scratchFor({}, 0, type, dims);
  }
  emit.parallel(others.count(), [&](Value task, Value) {
    auto [place, mask] = others.at(task);
    elements.mask = mask;
    Value bound = emit.extent(dims[axis]);
    Value zero = emit.zeroOf(lanes > 1 ? Type(emit.vectorOf(type, lanes)) : type);
    auto row = [&](Value index) {
      Place where(place);
      where[axis] = {index, 0};
      return where;
    };
    emit.loop(emit.zero(), bound, 1,
              [&](Value index) { emit.store(sums, row(index), {zero, lanes == 1}, lanes, mask); });

    emit.loop(emit.zero(), emit.extent(product(indexDims)), 1, [&](Value number) {
      elements.pushScope();
      Place indexPlace;
      for (Value index : emit.split(number, indexDims))
        indexPlace.push_back({index, 0});
      auto [index, inside] = elements.checked(op.getIndices(), indexPlace, dims[axis]);
      emit.when(inside, [&, index = index] {
        Place from(ArrayRef<Ix>(place).take_front(axis)),
            to = row(emit.create<arith::IndexCastOp>(emit.b.getIndexType(), index));
        llvm::append_range(from, indexPlace);
        llvm::append_range(from, ArrayRef<Ix>(place).drop_front(axis + 1));
        elements.pushScope();
        Value update = elements.at(op.getUpdates(), from).value;
        elements.popScope();
        if (lanes > 1)
          update = emit.splat(update, lanes);
        Value old = emit.load(sums, to, lanes, mask).value;
        Value total = isa<FloatType>(type) ? Value(emit.create<arith::AddFOp>(old, update))
                                           : Value(emit.create<arith::AddIOp>(old, update));
        emit.store(sums, to, {total, lanes == 1}, lanes, mask);
      });
      elements.popScope();
    });
    if (wide)
      emit.loop(emit.zero(), bound, 1, [&](Value index) {
        emit.store(result, row(index), emit.load(sums, row(index), lanes, mask), lanes, mask);
      });
  });
  return success();
}
