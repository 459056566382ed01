// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/GenerateGpu/Operand.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

Operand::Operand(DeviceKernel &kernel, Elements &elements, Value value, Axes axes, int64_t depth, int64_t extent,
                 int64_t stages)
    : kernel(kernel), emit(kernel.device), elements(elements), value(value), axes(axes), depth(depth), extent(extent) {
  ArrayRef<DimExpr> dims = emit.dims.of(value);
  steps = dims[axes.contract];
  places = dims[axes.free];
  Type type = emit.computed(elementTypeOf(value));
  // A multiple of the widest access that moves neighbouring steps to other banks.
  stride = extent + widestAccess * 8 / type.getIntOrFloatBitWidth();
  tiles = emit.shared(type, stages * depth * stride);
  Value memory = value;
  if (auto unpack = value.getDefiningOp<UnpackOp>()) {
    panel = emit.dims.of(unpack.getInput()).back().constant();
    memory = unpack.getInput();
  }
  // Copies convert nothing: anything else passes through registers.
  auto input = kernel.inputs.find(memory);
  if (input != kernel.inputs.end() && emit.stored(input->second.elementType) == type)
    source = input->second;
}

Value Operand::sourceAt(Value batch, Value k, Value place) {
  if (panel) { // [panel, k, column]
    Value row = emit.add(emit.mul(emit.div(place, emit.index(panel)), emit.extent(steps)), k);
    return emit.add(emit.mul(row, panel), emit.rem(place, emit.index(panel)));
  }
  SmallVector<Value> strides = emit.strides(source.dims);
  Value at = emit.add(emit.mul(k, strides[axes.contract]), emit.mul(place, strides[axes.free]));
  return axes.batch < 0 ? at : emit.add(emit.mul(batch, strides[axes.batch]), at);
}

void Operand::store(Value to, Value batch, Value k, Value place, Value inside) {
  Type type = tiles.elementType;
  auto branch = scf::IfOp::create(emit.b, emit.location, TypeRange{type}, inside, true);
  {
    OpBuilder::InsertionGuard guard(emit.b);
    emit.b.setInsertionPointToStart(&branch.getThenRegion().front());
    Place at(emit.dims.of(value).size());
    if (axes.batch >= 0)
      at[axes.batch] = {batch, 0};
    at[axes.contract] = {k, 0};
    at[axes.free] = {place, 0};
    elements.pushScope();
    int64_t lanes = std::exchange(elements.lanes, 1);
    Value element = elements.at(value, at).value;
    elements.lanes = lanes;
    elements.popScope();
    scf::YieldOp::create(emit.b, emit.location, element);
    emit.b.setInsertionPointToStart(&branch.getElseRegion().front());
    scf::YieldOp::create(emit.b, emit.location, emit.zeroOf(type));
  }
  emit.storeAt(tiles, to, branch.getResult(0), 1, {});
}

void Operand::fetch(Value stage, Value batch, Value k, Value first) {
  int64_t bytes = tiles.elementType.getIntOrFloatBitWidth() / 8, wide = widestAccess / bytes,
          threads = kernel.threads();
  bool freeIsInnermost = panel || axes.free > axes.contract;
  // Wide copies need rows that begin at, and consist of, whole accesses; a
  // panel's do, and hold zeros past the last column.
  bool isWhole = panel ? panel % wide == 0 : places.isConstant() && places.constant() % wide == 0;
  int64_t step = source && freeIsInnermost && isWhole ? wide : 1, columns = extent / step;
  int64_t total = depth * columns;
  Value begin = emit.mul(stage, depth * stride), thread = emit.thread();
  for (int64_t done = 0; done < total; done += threads) {
    Value number = emit.add(thread, done);
    // Neighbouring threads read neighbouring addresses.
    Value kk = freeIsInnermost ? emit.div(number, emit.index(columns)) : emit.rem(number, emit.index(depth));
    Value column = freeIsInnermost ? emit.rem(number, emit.index(columns)) : emit.div(number, emit.index(depth));
    column = emit.mul(column, step);
    Value to = emit.add(begin, emit.add(emit.mul(kk, stride), column)), row = emit.add(k, kk),
          place = emit.add(first, column);
    Value inside = emit.fold<arith::AndIOp>(emit.less(row, emit.extent(steps)), emit.less(place, emit.extent(places)));
    auto one = [&] {
      if (source)
        emit.copyAsync(tiles, to, source, sourceAt(batch, row, place), step, inside);
      else
        store(to, batch, row, place, inside);
    };
    if (done + threads <= total)
      one();
    else
      emit.when(emit.less(number, emit.index(total)), one);
  }
}

Value Operand::read(Value stage, Value k, Value at, int64_t lanes) {
  return emit.loadAt(tiles, emit.add(emit.mul(stage, depth * stride), emit.add(emit.mul(k, stride), at)), lanes, {});
}
