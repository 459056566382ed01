// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// C[b, m, n] = sum over k of A[b, m, k] B[b, k, n], either operand stored with
// its last two axes swapped; the epilogue is computed tile by tile while the
// sums are in registers. B is read in panels of rows x vectors x lanes columns:
// packed ahead by prepare, packed here into shared scratch when its columns are
// not contiguous, or in place.
#include "passes/GenerateCpu/Generators.h"
#include "passes/GenerateCpu/MicroKernel.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

static ContractOp rootOf(KernelOp kernel) { return *kernel.getBody().front().getOps<ContractOp>().begin(); }

/// Rows of sums that a worker keeps apart from the result: a tile's where the
/// epilogue is long, a whole block's between the blocks of k.
static DimExpr parkedRows(KernelOp kernel, ScheduleAttr schedule) {
  if (schedule.getBlockK()) {
    DimAnalysis dims;
    ContractOp op = rootOf(kernel);
    return schedule.getBlockM() ? DimExpr(schedule.getBlockM()) : DimExpr(dims.of(op.getLhs())[op.freeAxes(false)[0]]);
  }
  return hasLongEpilogue(kernel) ? DimExpr(schedule.getRows()) : DimExpr(0);
}

DimExpr dlc::contractScratch(KernelOp kernel, ScheduleAttr schedule) {
  return parkedRows(kernel, schedule) * DimExpr(schedule.getVectors() * schedule.getLanes() * 8);
}

/// Elements between staged rows beyond their length: a cache line's worth and more.
static constexpr int64_t stagePadding = 16;

static DimExpr panelBytes(KernelOp kernel, ScheduleAttr schedule) {
  if (schedule.getPack() != "panel")
    return DimExpr(0);
  DimAnalysis dims;
  ContractOp op = rootOf(kernel);
  ArrayRef<DimExpr> rhs = dims.of(op.getRhs());
  bool batch = !op.getRhsBatch().empty();
  DimExpr k = rhs[op.getRhsContract()[0]], n = rhs[op.freeAxes(true)[0]];
  int64_t width = schedule.getLanes() * schedule.getVectors();
  return lines((batch ? DimExpr(rhs[0]) : DimExpr(1)) * k * (n.ceilDiv(width) * DimExpr(width)) * DimExpr(8));
}

DimExpr dlc::contractShared(KernelOp kernel, ScheduleAttr schedule) {
  DimExpr bytes = panelBytes(kernel, schedule);
  if (!schedule.getStageRows())
    return bytes;
  DimAnalysis dims;
  DimVector lhs(dims.of(rootOf(kernel).getLhs()));
  lhs.back() = lhs.back() + stagePadding;
  return bytes + lines(product(lhs) * DimExpr(8));
}

namespace {
class Contraction {
public:
  Contraction(Kernel &kernel)
      : kernel(kernel), emit(kernel.emit), op(rootOf(kernel.op)), schedule(kernel.schedule),
        elements(emit, schedule.getLanes()) {
    elements.buffers = kernel.inputs;
    lanes = schedule.getLanes();
    vectors = schedule.getVectors();
    width = lanes * vectors;
    ArrayRef<DimExpr> lhs = emit.dims.of(op.getLhs());
    hasBatch = !op.getLhsBatch().empty();
    mAxis = op.freeAxes(false)[0];
    kAxis = op.getLhsContract()[0];
    nAxis = op.freeAxes(true)[0];
    rkAxis = op.getRhsContract()[0];
    mDim = lhs[mAxis];
    kDim = lhs[kAxis];
    ArrayRef<DimExpr> rhs = emit.dims.of(op.getRhs());
    nDim = rhs[nAxis];
    type = emit.computed(elementTypeOf(op.getResult()));
  }

  LogicalResult generate() {
    a = bufferOf(op.getLhs());
    if (auto unpack = op.getRhs().getDefiningOp<UnpackOp>()) {
      panels = bufferOf(unpack.getInput());
      if (!panels)
        return kernel.op.emitOpError("packed operand is no argument");
      panelWidth = emit.dims.of(unpack.getInput()).back().constant();
      if (panelWidth % width != 0)
        return kernel.op.emitOpError() << "panels of " << panelWidth << " columns do not hold tiles of " << width;
    } else if (schedule.getPack() == "panel") {
      packPanels();
    } else {
      b = bufferOf(op.getRhs());
    }
    if (!a || (!b && !panels))
      return kernel.op.emitOpError("contracts a value that is no argument of the kernel");
    if (schedule.getStageRows()) {
      if (kAxis < mAxis)
        return kernel.op.emitOpError(
            "stages rows that lie across: a schedule with stage_rows needs the contracting axis last");
      stageRows();
    }

    Value m = emit.extent(mDim), n = emit.extent(nDim);
    Value batches = hasBatch ? emit.extent(emit.dims.of(op.getLhs())[0]) : emit.index(1);
    int64_t blockM = schedule.getBlockM();
    Value blocks = blockM ? emit.ceilDiv(m, blockM) : emit.index(1), columns = emit.ceilDiv(n, width);
    // Tasks go through the panels of one block of rows before the next block, so
    // that the block stays in the second-level cache.
    int64_t grain = schedule.getGrain();
    Value tasks = emit.mul(emit.mul(batches, blocks), columns);
    emit.parallel(emit.ceilDiv(tasks, grain), [&](Value task, Value worker) {
      DimExpr rows = parkedRows(kernel.op, schedule);
      if (rows != DimExpr(0))
        parked = kernel.scratchFor(worker, DimExpr(0), type, {rows, DimExpr(width)});
      Value low = emit.mul(task, grain), high = emit.min(emit.add(low, grain), tasks);
      emit.loop(low, high, 1, [&](Value number) {
        Value column = emit.rem(number, columns), rest = emit.div(number, columns);
        Value block = emit.rem(rest, blocks);
        batch = hasBatch ? emit.div(rest, blocks) : emit.zero();
        Value mLow = blockM ? emit.mul(block, blockM) : emit.zero();
        Value mHigh = blockM ? emit.min(emit.add(mLow, blockM), m) : m;
        panel(column, mLow, mHigh);
      });
    });
    return success();
  }

private:
  Buffer bufferOf(Value value) {
    auto it = kernel.inputs.find(value);
    return it == kernel.inputs.end() ? Buffer() : it->second;
  }

  /// Flat index of [batch, axis1 at x, axis2 at y] in a rank 2 or 3 buffer.
  Value strideOf(const Buffer &buffer, int64_t axis) { return emit.strides(buffer.dims)[axis]; }
  Value batchOffset(const Buffer &buffer) { return hasBatch ? emit.mul(batch, strideOf(buffer, 0)) : emit.zero(); }

  /// B's columns side by side in shared scratch: [batch, panel, k, width].
  void packPanels() {
    b = bufferOf(op.getRhs());
    DimExpr count = nDim.ceilDiv(width);
    DimVector dims{hasBatch ? DimExpr(emit.dims.of(op.getRhs())[0]) : DimExpr(1), count, kDim, DimExpr(width)};
    Buffer to = kernel.scratchFor(Value(), DimExpr(0), type, dims);
    Value k = emit.extent(kDim), n = emit.extent(nDim), columns = emit.extent(count);
    Value total = emit.mul(emit.extent(dims[0]), columns);
    bool transposed = nAxis < rkAxis && b && lanes > 1;
    emit.parallel(total, [&](Value number, Value) {
      Value column = emit.rem(number, columns);
      batch = emit.div(number, columns);
      Value first = emit.mul(column, width), base = emit.mul(number, emit.mul(k, width));
      auto vectorAt = [&](Value kk, int64_t v) { // general: one k at a time
        Value at = emit.add(first, v * lanes);
        elements.pushScope();
        elements.mask = lanes > 1 ? emit.maskFor(emit.max(emit.sub(n, at), emit.zero()), lanes) : Value();
        Place place(emit.dims.of(op.getRhs()).size());
        if (hasBatch)
          place[0] = {batch, 0};
        place[rkAxis] = {kk, 0};
        place[nAxis] = {at, lanes > 1 ? 1 : 0};
        Lanes value = elements.at(op.getRhs(), place);
        elements.mask = {};
        elements.popScope();
        emit.storeAt(to, emit.add(emit.add(base, emit.mul(kk, width)), v * lanes),
                     lanes > 1 ? emit.splat(value.value, lanes) : value.value, lanes, {});
      };
      if (!transposed) {
        emit.loop(emit.zero(), k, 1, [&](Value kk) {
          for (int64_t v = 0; v < vectors; ++v)
            vectorAt(kk, v);
        });
        return;
      }
      // Columns lie along k: squares of lanes x lanes turn in registers.
      Value whole = emit.sub(k, emit.rem(k, emit.index(lanes)));
      Value source = batchOffset(b);
      for (int64_t v = 0; v < vectors; ++v) {
        Value at = emit.add(first, v * lanes);
        Value full = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::sle, emit.add(at, lanes), n);
        emit.when(
            full,
            [&] {
              emit.loop(emit.zero(), whole, lanes, [&](Value kk) {
                SmallVector<Value> rows;
                for (int64_t i = 0; i < lanes; ++i)
                  rows.push_back(
                      emit.loadAt(b, emit.add(emit.add(source, emit.mul(emit.add(at, i), k)), kk), lanes, {}));
                rows = transposeInRegisters(emit, rows);
                for (int64_t i = 0; i < lanes; ++i)
                  emit.storeAt(to, emit.add(emit.add(base, emit.mul(emit.add(kk, i), width)), v * lanes), rows[i],
                               lanes, {});
              });
              emit.loop(whole, k, 1, [&](Value kk) { vectorAt(kk, v); });
            },
            [&] { emit.loop(emit.zero(), k, 1, [&](Value kk) { vectorAt(kk, v); }); });
      }
    });
    panels = to;
    panelWidth = width;
  }

  /// A's rows with a padded stride, widened, in shared scratch.
  void stageRows() {
    Buffer from = a;
    DimVector dims(from.dims);
    DimExpr rows = product(ArrayRef<DimExpr>(dims).drop_back()), padded = kDim + stagePadding;
    dims.back() = padded;
    a = kernel.scratchFor(Value(), panelBytes(kernel.op, schedule), type, dims);
    constexpr int64_t grain = 8; // rows a task
    Value count = emit.extent(rows), k = emit.extent(kDim);
    emit.parallel(emit.ceilDiv(count, grain), [&](Value task, Value) {
      Value low = emit.mul(task, grain), high = emit.min(emit.add(low, grain), count);
      emit.loop(low, high, 1, [&](Value row) {
        Value read = emit.mul(row, k), write = emit.mul(row, emit.extent(padded));
        emit.loop(emit.zero(), k, lanes, [&](Value kk) {
          Value mask = lanes > 1 && !(kDim.isConstant() && kDim.constant() % lanes == 0)
                           ? emit.maskFor(emit.sub(k, kk), lanes)
                           : Value();
          emit.storeAt(a, emit.add(write, kk), emit.loadAt(from, emit.add(read, kk), lanes, mask), lanes, mask);
        });
      });
    });
  }

  /// All rows [mLow, mHigh) of one panel of columns.
  void panel(Value column, Value mLow, Value mHigh) {
    Value n = emit.extent(nDim), first = emit.mul(column, width);
    // A panel that is known to be whole needs no masks; the last one may.
    bool always = nDim.isConstant() && nDim.constant() % width == 0;
    bool never = nDim.isConstant() && nDim.constant() < width;
    int64_t few = never ? (nDim.constant() + lanes - 1) / lanes : vectors; // vectors that hold anything
    auto rowsOf = [&](bool masked, int64_t used) {
      if (schedule.getBlockK())
        return blocksOfK(column, mLow, mHigh, first, masked, used);
      if (!parked)
        return forRowTiles(emit, mLow, mHigh, schedule.getRows(), [&](int64_t rows, Value mFirst) {
          tile(rows, used, mFirst, emit.zero(), column, first, masked);
        });
      // Small tiles are parked one below the other.
      Value rest = emit.sub(mHigh, emit.rem(emit.sub(mHigh, mLow), emit.index(schedule.getRows())));
      forRowTiles(
          emit, mLow, mHigh, schedule.getRows(),
          [&](int64_t rows, Value mFirst) {
            tile(rows, used, mFirst, rows == schedule.getRows() ? emit.zero() : emit.sub(mFirst, rest), column, first,
                 masked);
          },
          [&](Value mFirst, Value count) { unpark(mFirst, count, used, first, masked); });
    };
    if (always)
      return rowsOf(false, vectors);
    if (never)
      return rowsOf(true, few);
    Value whole = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::sle, emit.add(first, width), n);
    emit.when(whole, [&] { rowsOf(false, vectors); }, [&] { rowsOf(true, vectors); });
  }

  /// The same, a block of k after the other, so that what is read of the panel
  /// stays in the second-level cache; the sums wait in scratch in between.
  void blocksOfK(Value column, Value mLow, Value mHigh, Value first, bool masked, int64_t used) {
    Value k = emit.extent(kDim), block = emit.index(schedule.getBlockK()), rows = emit.sub(mHigh, mLow);
    Value zeros = emit.zeroOf(lanes > 1 ? Type(emit.vectorOf(type, lanes)) : type);
    emit.loop(emit.zero(), emit.mul(rows, vectors), 1,
              [&](Value i) { emit.storeAt(parked, emit.mul(i, lanes), zeros, lanes, {}); });
    emit.loop(emit.zero(), emit.ceilDiv(k, schedule.getBlockK()), 1, [&](Value number) {
      kLow = emit.mul(number, block);
      kHigh = emit.min(emit.add(kLow, block), k);
      forRowTiles(emit, mLow, mHigh, schedule.getRows(), [&](int64_t rows, Value mFirst) {
        tile(rows, used, mFirst, emit.sub(mFirst, mLow), column, first, masked);
      });
    });
    kLow = kHigh = {};
    unpark(mLow, rows, used, first, masked);
  }

  void tile(int64_t rows, int64_t used, Value mFirst, Value parkedRow, Value column, Value first, bool masked) {
    Tile shape{rows, used, lanes, schedule.getUnroll(), rows == 1 ? 4 : rows == 2 ? 2 : 1};
    if (rows <= 2)
      shape.unroll = 1;
    SmallVector<Value> masks(used);
    if (masked && lanes > 1)
      for (int64_t v = 0; v < used; ++v)
        masks[v] = emit.maskFor(emit.max(emit.sub(emit.extent(nDim), emit.add(first, v * lanes)), emit.zero()), lanes);

    Value mStride = strideOf(a, mAxis), kStride = strideOf(a, kAxis);
    SmallVector<Value> rowBase;
    Value aBase = emit.add(batchOffset(a), emit.mul(mFirst, mStride));
    for (int64_t r = 0; r < rows; ++r)
      rowBase.push_back(emit.add(aBase, emit.mul(mStride, r)));
    auto row = [&](int64_t r, Value k, int64_t u) {
      return emit.loadAt(a, emit.add(rowBase[r], emit.mul(emit.add(k, u), kStride)), 1, {});
    };
    // Where the panel's row k begins, and the distance between rows.
    Value bBase, bStride;
    const Buffer &from = panels ? panels : b;
    if (panels) {
      Value k = emit.extent(kDim);
      Value number = panelWidth == width ? column : emit.div(first, emit.index(panelWidth));
      Value perBatch = emit.mul(emit.mul(emit.ceilDiv(emit.extent(nDim), panelWidth), k), panelWidth);
      bBase = emit.add(hasBatch ? emit.mul(batch, perBatch) : emit.zero(), emit.mul(number, emit.mul(k, panelWidth)));
      if (panelWidth != width)
        bBase = emit.add(bBase, emit.rem(first, emit.index(panelWidth)));
      bStride = emit.index(panelWidth);
    } else {
      bBase = emit.add(batchOffset(b), first);
      bStride = strideOf(b, rkAxis);
    }
    auto columnLoad = [&](int64_t v, Value k, int64_t u) {
      Value at = emit.add(emit.add(bBase, emit.mul(emit.add(k, u), bStride)), v * lanes);
      return emit.loadAt(from, at, lanes, panels ? Value() : masks[v]);
    };
    // Few rows pass over a panel fast and wait for it; many read it from the cache,
    // and one or two do nothing but load.
    constexpr int64_t few = 8;
    Ahead ahead;
    if (int64_t steps = schedule.getPrefetch(); steps && rows > 2 && rows <= few && panels)
      ahead = [&, steps](Value k, int64_t u) {
        prefetch(emit, from, emit.add(bBase, emit.mul(emit.add(k, u + steps), bStride)), used * lanes);
      };
    auto parkedAt = [&](int64_t r, int64_t v) { return emit.add(emit.mul(emit.add(parkedRow, r), width), v * lanes); };
    SmallVector<Value> before; // sums over the blocks of k so far
    for (int64_t r = 0; kLow && r < rows; ++r)
      for (int64_t v = 0; v < used; ++v)
        before.push_back(emit.loadAt(parked, parkedAt(r, v), lanes, {}));
    SmallVector<Value> sums = emitTile(emit, shape, type, kLow ? kLow : emit.zero(), kLow ? kHigh : emit.extent(kDim),
                                       row, columnLoad, before, ahead);
    for (int64_t r = 0; r < rows; ++r)
      for (int64_t v = 0; v < used; ++v) {
        Value sum = sums[r * used + v];
        if (parked)
          emit.storeAt(parked, parkedAt(r, v), sum, lanes, {});
        else
          finish(emit.add(mFirst, r), emit.add(first, v * lanes), masks[v], sum);
      }
  }

  /// The epilogue of one vector of the result.
  void finish(Value m, Value n, Value mask, Value sum) {
    elements.pushScope();
    elements.mask = mask;
    Place place;
    if (hasBatch)
      place.push_back({batch, 0});
    place.push_back({m, 0});
    place.push_back({n, lanes > 1 ? 1 : 0});
    elements.preset(op.getResult(), place, {sum, lanes == 1});
    elements.storeAll(kernel, place, [](Value) { return true; });
    elements.mask = {};
    elements.popScope();
  }

  /// The epilogue of `count` parked rows, one copy of its code for all vectors.
  void unpark(Value mFirst, Value count, int64_t used, Value first, bool masked) {
    elements.pushScope();
    for (BlockArgument argument : kernel.body().getArguments())
      if (emit.dims.of(argument).empty()) // once: inside, any store might change it
        elements.at(argument, {});
    emit.loop(emit.zero(), count, 1, [&](Value r) {
      Value m = emit.add(mFirst, r), row = emit.mul(r, width);
      emit.loop(emit.zero(), emit.index(used * lanes), lanes, [&](Value column) {
        Value n = emit.add(first, column), mask;
        if (masked && lanes > 1)
          mask = emit.maskFor(emit.max(emit.sub(emit.extent(nDim), n), emit.zero()), lanes);
        finish(m, n, mask, emit.loadAt(parked, emit.add(row, column), lanes, {}));
      });
    });
    elements.popScope();
  }

  Kernel &kernel;
  Emitter &emit;
  ContractOp op;
  ScheduleAttr schedule;
  Elements elements;
  int64_t lanes, vectors, width, panelWidth = 0;
  bool hasBatch;
  int64_t mAxis, kAxis, nAxis, rkAxis;
  DimExpr mDim, kDim, nDim;
  Type type;
  Buffer a, b, panels;
  Buffer parked;     // finished tiles on their way to a long epilogue, or a block's sums so far
  Value kLow, kHigh; // of the block of k, where there are blocks
  Value batch;
};
} // namespace

LogicalResult dlc::generateContract(Kernel &kernel) { return Contraction(kernel).generate(); }
