// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/GenerateCpu/MicroKernel.h"

using namespace mlir;
using namespace dlc;

static Value multiplyAdd(Emitter &emit, Value a, Value b, Value c) {
  if (!isa<FloatType>(getElementTypeOrSelf(c)))
    return emit.create<arith::AddIOp>(emit.create<arith::MulIOp>(a, b), c);
  if (!emit.target.getFma())
    return emit.create<arith::AddFOp>(emit.create<arith::MulFOp>(a, b), c);
  return isa<VectorType>(c.getType()) ? Value(emit.create<vector::FMAOp>(a, b, c))
                                      : Value(emit.create<math::FmaOp>(a, b, c));
}

static Value sum(Emitter &emit, Value a, Value b) {
  return isa<FloatType>(getElementTypeOrSelf(a)) ? Value(emit.create<arith::AddFOp>(a, b))
                                                 : Value(emit.create<arith::AddIOp>(a, b));
}

void dlc::prefetch(Emitter &emit, const Buffer &buffer, Value at, int64_t count) {
  int64_t line = 64 * 8 / emit.stored(buffer.elementType).getIntOrFloatBitWidth();
  for (int64_t element = 0; element < count; element += line)
    emit.create<memref::PrefetchOp>(buffer.memref, emit.add(at, element), /*isWrite=*/false, /*localityHint=*/3,
                                    /*isDataCache=*/true);
}

SmallVector<Value> dlc::zeroTile(Emitter &emit, const Tile &tile, Type type) {
  Value zero = emit.zeroOf(tile.lanes > 1 ? Type(emit.vectorOf(type, tile.lanes)) : type);
  return SmallVector<Value>(tile.rows * tile.vectors, zero);
}

SmallVector<Value> dlc::emitTile(Emitter &emit, const Tile &tile, Type type, Value low, Value high, const RowLoad &row,
                                 const ColumnLoad &column, ValueRange inits, const Ahead &ahead) {
  size_t count = tile.rows * tile.vectors;
  SmallVector<Value> start(inits.begin(), inits.end());
  if (start.empty())
    start = zeroTile(emit, tile, type);
  SmallVector<Value> zeros = zeroTile(emit, tile, type);
  for (int64_t split = 1; split < tile.splits; ++split)
    llvm::append_range(start, zeros);

  auto step = [&](Value k, int64_t u, SmallVector<Value> &acc, int64_t split) {
    if (ahead)
      ahead(k, u);
    SmallVector<Value> columns;
    for (int64_t v = 0; v < tile.vectors; ++v)
      columns.push_back(column(v, k, u));
    for (int64_t r = 0; r < tile.rows; ++r) {
      Value scalar = row(r, k, u);
      Value spread = tile.lanes > 1 ? emit.splat(scalar, tile.lanes) : scalar;
      for (int64_t v = 0; v < tile.vectors; ++v) {
        Value &total = acc[split * count + r * tile.vectors + v];
        total = multiplyAdd(emit, spread, columns[v], total);
      }
    }
  };
  int64_t stride = tile.unroll * tile.splits;
  Value length = emit.sub(high, low), main = emit.add(low, emit.sub(length, emit.rem(length, emit.index(stride))));
  SmallVector<Value> acc = emit.loop(low, main, stride, start, [&](Value k, ValueRange carried) {
    SmallVector<Value> next(carried.begin(), carried.end());
    for (int64_t u = 0; u < stride; ++u)
      step(k, u, next, u % tile.splits);
    return next;
  });
  acc = emit.loop(main, high, 1, acc, [&](Value k, ValueRange carried) {
    SmallVector<Value> next(carried.begin(), carried.end());
    step(k, 0, next, 0);
    return next;
  });
  for (int64_t split = 1; split < tile.splits; ++split)
    for (size_t i = 0; i < count; ++i)
      acc[i] = sum(emit, acc[i], acc[split * count + i]);
  acc.resize(count);
  return acc;
}

/// Tiles of fewer than `rows` rows: 8, 4, 2, 1, each at most once.
static void forSmallTiles(Emitter &emit, Value begin, Value high, int64_t rows,
                          const std::function<void(int64_t, Value)> &body) {
  int64_t size = 1;
  while (size * 2 < rows)
    size *= 2;
  for (; size >= 1 && size < rows; size /= 2) {
    Value left = emit.sub(high, begin);
    Value fits = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::sge, left, emit.index(size));
    emit.when(fits, [&] { body(size, begin); });
    begin = emit.fold<arith::SelectOp>(fits, emit.add(begin, size), begin);
  }
}

void dlc::forRowTiles(Emitter &emit, Value low, Value high, int64_t rows,
                      const std::function<void(int64_t, Value)> &body) {
  Value length = emit.sub(high, low);
  Value end = emit.add(low, emit.sub(length, emit.rem(length, emit.index(rows))));
  emit.loop(low, end, rows, [&](Value m) { body(rows, m); });
  forSmallTiles(emit, end, high, rows, body);
}

void dlc::forRowTiles(Emitter &emit, Value low, Value high, int64_t rows,
                      const std::function<void(int64_t, Value)> &body,
                      const std::function<void(Value, Value)> &afterEach) {
  emit.loop(low, high, rows, [&](Value m) {
    Value count = emit.min(emit.sub(high, m), emit.index(rows));
    Value isWhole = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::eq, count, emit.index(rows));
    emit.when(isWhole, [&] { body(rows, m); }, [&] { forSmallTiles(emit, m, high, rows, body); });
    afterEach(m, count);
  });
}

SmallVector<Value> dlc::transposeInRegisters(Emitter &emit, SmallVector<Value> rows) {
  // log2(n) rounds of perfect interleaving of vector i with vector i + n/2:
  // after each, one bit of the element's index has moved to the vector's number.
  int64_t n = rows.size();
  SmallVector<int64_t> low, high;
  for (int64_t i = 0; i < n / 2; ++i) {
    low.append({i, n + i});
    high.append({n / 2 + i, n + n / 2 + i});
  }
  for (int64_t round = 1; round < n; round *= 2) {
    SmallVector<Value> next(n);
    for (int64_t i = 0; i < n / 2; ++i) {
      next[2 * i] = emit.create<vector::ShuffleOp>(rows[i], rows[i + n / 2], low);
      next[2 * i + 1] = emit.create<vector::ShuffleOp>(rows[i], rows[i + n / 2], high);
    }
    rows = next;
  }
  return rows;
}
