// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/GenerateCpu/Windows.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

Buffer dlc::inMemory(Kernel &kernel, Value value) {
  if (auto it = kernel.inputs.find(value); it != kernel.inputs.end())
    return it->second;
  Emitter &emit = kernel.emit;
  DimVector dims(emit.dims.of(value));
  Type type = emit.computed(elementTypeOf(value));
  Buffer to = kernel.scratchFor({}, kernel.sharedBytes, type, dims);
  kernel.sharedBytes = kernel.sharedBytes + lines(product(dims) * DimExpr(type.getIntOrFloatBitWidth() / 8));
  Value total = emit.extent(product(dims));
  constexpr int64_t grain = 1 << 14;
  emit.parallel(emit.ceilDiv(total, grain), [&](Value task, Value) {
    Value low = emit.mul(task, grain), high = emit.min(emit.add(low, grain), total);
    emit.loop(low, high, 1, [&](Value i) {
      Elements elements(emit, 1);
      elements.buffers = kernel.inputs;
      Place place;
      for (Value index : emit.split(i, dims))
        place.push_back({index, 0});
      emit.storeAt(to, i, elements.at(value, place).value, 1, {});
    });
  });
  return to;
}

Image::Image(Kernel &kernel, Value value, const WindowAxes &axes, int64_t blockRows, bool vector)
    : kernel(kernel), emit(kernel.emit), value(value), axes(axes), vector(vector),
      type(emit.computed(elementTypeOf(value))) {
  if (auto it = kernel.inputs.find(value); it != kernel.inputs.end())
    source = it->second;
  DimVector dims(emit.dims.of(value));
  samples = dims.front();
  channels = dims.back();
  rows = axes[1].output;
  blocks = 1;
  bool whole = blockRows == 0 || (rows.isConstant() && rows.constant() <= blockRows);
  if (!whole) {
    blocks = rows.ceilDiv(blockRows);
    rows = blockRows;
  }
  // 16-bit sources are widened once, here, rather than at every read.
  bool wide = type == elementTypeOf(value);
  copies = !source || !wide || llvm::any_of(axes, [](const WindowAxis &axis) { return !axis.inPlace(); });
  if (llvm::any_of(axes, [](const WindowAxis &axis) { return axis.window == DimExpr(0); }))
    copies = false; // nothing will be read
  lanes = kernel.schedule.getLanes();
  if (vector && !source)
    source = inMemory(kernel, value);
  held = vector ? DimExpr(lanes) : channels;
}

static DimVector copyDims(const WindowAxes &axes, const DimExpr &rows, const DimExpr &channels) {
  return {axes[0].span(1), axes[1].span(rows), axes[2].span(axes[2].output), channels};
}

DimExpr Image::scratchBytes() {
  if (!copies)
    return 0;
  DimExpr bytes = product(copyDims(axes, rows, held)) * DimExpr(type.getIntOrFloatBitWidth() / 8);
  return lines(bytes);
}

Image::View Image::at(Value unit, Value worker, const DimExpr &offset, Value firstChannel) {
  channel = firstChannel ? firstChannel : emit.zero();
  SmallVector<Value> where = emit.split(unit, {samples, axes[0].output, blocks});
  View view;
  view.n = where[0];
  view.depth = where[1];
  Value step = emit.extent(rows), last = emit.extent(axes[1].output);
  view.low = emit.mul(where[2], step);
  view.high = blocks == DimExpr(1) ? last : emit.min(emit.add(view.low, step), last);
  view.pixel = emit.extent(copies ? held : channels);
  if (copies) {
    DimVector dims = copyDims(axes, rows, held);
    SmallVector<Value> strides = emit.strides(dims);
    view.buffer = kernel.scratchFor(worker, offset, type, dims);
    view.base = emit.zero();
    view.plane = strides[0];
    view.row = strides[1];
    copy(view, view.buffer);
    return view;
  }
  SmallVector<Value> strides = emit.strides({samples, axes[0].source, axes[1].source, axes[2].source, channels});
  view.buffer = source;
  view.plane = strides[1];
  view.row = strides[2];
  Value plane = emit.mul(emit.mul(view.depth, axes[0].stride), view.plane),
        row = emit.mul(emit.mul(view.low, axes[1].stride), view.row);
  view.base = emit.add(emit.add(emit.add(emit.mul(view.n, strides[0]), plane), row), channel);
  return view;
}

std::pair<Value, Value> dlc::sourceOf(Emitter &emit, const WindowAxis &axis, Value at) {
  auto compare = [&](arith::CmpIPredicate p, Value a, Value b) { return emit.fold<arith::CmpIOp>(p, a, b); };
  if (axis.source == DimExpr(1) && axis.output == DimExpr(1) && axis.inPlace() && axis.window == DimExpr(1))
    return {emit.create<arith::ConstantIntOp>(1, 1), emit.zero()};
  // Before the first element the number wraps to a huge unsigned one.
  Value inside = compare(arith::CmpIPredicate::ult, at, emit.mul(emit.extent(axis.source), axis.spacing));
  if (axis.spacing == 1)
    return {inside, at};
  Value spacing = emit.index(axis.spacing);
  Value hit = compare(arith::CmpIPredicate::eq, emit.rem(at, spacing), emit.zero());
  return {emit.fold<arith::AndIOp>(inside, hit), emit.div(at, spacing)};
}

void Image::copy(const View &view, const Buffer &to) {
  Value firstPlane = emit.sub(emit.mul(view.depth, axes[0].stride), emit.extent(axes[0].low));
  Value firstRow = emit.sub(emit.mul(view.low, axes[1].stride), emit.extent(axes[1].low));
  Value count = emit.extent(axes[1].span(rows));
  emit.loop(emit.zero(), emit.extent(axes[0].span(1)), 1, [&](Value plane) {
    auto [planeInside, depth] = sourceOf(emit, axes[0], emit.add(firstPlane, plane));
    emit.loop(emit.zero(), count, 1, [&](Value row) {
      auto [rowInside, height] = sourceOf(emit, axes[1], emit.add(firstRow, row));
      Value base = emit.add(emit.mul(plane, view.plane), emit.mul(row, view.row));
      Value inside = emit.fold<arith::AndIOp>(planeInside, rowInside);
      emit.when(
          inside, [&] { copyRow(view.n, depth, height, to, base); }, [&] { fill(to, base, emit.add(base, view.row)); });
    });
  });
}

void Image::copyRow(Value n, Value depth, Value height, const Buffer &to, Value toBase) {
  const WindowAxis &axis = axes[2];
  Value width = emit.extent(axis.span(axis.output)), extent = emit.extent(axis.source), low = emit.extent(axis.low),
        c = emit.extent(channels);
  SmallVector<DimExpr> dims{samples, axes[0].source, axes[1].source, axis.source, channels};
  Value row = emit.linear(dims, Place{{n, 0}, {depth, 0}, {height, 0}, {emit.zero(), 0}, {emit.zero(), 0}});
  if (vector) { // one vector a pixel
    fill(to, toBase, emit.add(toBase, emit.mul(width, lanes)));
    Value mask;
    if (lanes > 1 && !(channels.isConstant() && channels.constant() % lanes == 0))
      mask = emit.maskFor(emit.sub(c, channel), lanes);
    emit.loop(emit.zero(), extent, 1, [&](Value w) {
      Value at = emit.add(emit.mul(w, axis.spacing), low);
      Value inside = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::ult, at, width);
      emit.when(inside, [&] {
        Value pixel = emit.loadAt(source, emit.add(emit.add(row, emit.mul(w, c)), channel), lanes, mask);
        emit.storeAt(to, emit.add(toBase, emit.mul(at, lanes)), pixel, lanes, {});
      });
    });
    return;
  }
  if (axis.spacing > 1) {
    // Zeros everywhere, then each pixel where it belongs.
    fill(to, toBase, emit.add(toBase, emit.mul(width, c)));
    emit.loop(emit.zero(), extent, 1, [&](Value w) {
      Value at = emit.add(emit.mul(w, axis.spacing), low);
      Value inside = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::ult, at, width);
      emit.when(inside, [&] { run(emit.add(row, emit.mul(w, c)), to, emit.add(toBase, emit.mul(at, c)), c); });
    });
    return;
  }
  // Zeros, the row's pixels that are wanted, zeros.
  Value begin = emit.min(emit.max(low, emit.zero()), width);
  Value end = emit.max(begin, emit.min(width, emit.add(low, extent)));
  fill(to, toBase, emit.add(toBase, emit.mul(begin, c)));
  Value from = emit.add(row, emit.mul(emit.sub(begin, low), c));
  run(from, to, emit.add(toBase, emit.mul(begin, c)), emit.mul(emit.sub(end, begin), c));
  fill(to, emit.add(toBase, emit.mul(end, c)), emit.add(toBase, emit.mul(width, c)));
}

void Image::fill(const Buffer &to, Value low, Value high) {
  Value whole = emit.add(low, emit.sub(emit.sub(high, low), emit.rem(emit.sub(high, low), emit.index(lanes))));
  Type vector = lanes > 1 ? Type(emit.vectorOf(type, lanes)) : type;
  emit.loop(low, whole, lanes, [&](Value i) { emit.storeAt(to, i, emit.zeroOf(vector), lanes, {}); });
  if (lanes > 1)
    emit.when(emit.less(whole, high),
              [&] { emit.storeAt(to, whole, emit.zeroOf(vector), lanes, emit.maskFor(emit.sub(high, whole), lanes)); });
}

/// Copies `count` elements from flat place `from` of the source.
void Image::run(Value from, const Buffer &to, Value toAt, Value count) {
  if (!source) { // a constant or another leaf: no memory to read
    DimVector dims(emit.dims.of(value));
    emit.loop(emit.zero(), count, 1, [&](Value i) {
      Elements elements(emit, 1);
      elements.buffers = kernel.inputs;
      Place place;
      for (Value index : emit.split(emit.add(from, i), dims))
        place.push_back({index, 0});
      emit.storeAt(to, emit.add(toAt, i), elements.at(value, place).value, 1, {});
    });
    return;
  }
  Value whole = emit.sub(count, emit.rem(count, emit.index(lanes)));
  emit.loop(emit.zero(), whole, lanes, [&](Value i) {
    emit.storeAt(to, emit.add(toAt, i), emit.loadAt(source, emit.add(from, i), lanes, {}), lanes, {});
  });
  if (lanes == 1)
    return;
  emit.when(emit.less(whole, count), [&] {
    Value mask = emit.maskFor(emit.sub(count, whole), lanes);
    emit.storeAt(to, emit.add(toAt, whole), emit.loadAt(source, emit.add(from, whole), lanes, mask), lanes, mask);
  });
}
