// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/GenerateGpu/TileLoop.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

static constexpr int64_t stages = 2;

TileLoop::TileLoop(DeviceKernel &kernel, const DimExpr &batches, const DimExpr &m, const DimExpr &n)
    : kernel(kernel), emit(kernel.device), lanes(kernel.schedule.getLanes()), groups(kernel.schedule.getRows() / lanes),
      vectors(kernel.schedule.getVectors()), blockM(kernel.schedule.getBlockM()), depth(kernel.schedule.getBlockK()),
      elements(emit, lanes) {
  elements.buffers = kernel.inputs;
  down = blockM / kernel.schedule.getRows();
  across = kernel.threads() / down;
  blockN = across * vectors * lanes;
  DimExpr tilesM = m.ceilDiv(blockM), tilesN = n.ceilDiv(blockN);
  kernel.grid = batches * tilesM * tilesN;
  kernel.wantsRegisters = true;
  Values block = emit.split(emit.block(), {batches, tilesM, tilesN});
  batch = block[0];
  row = emit.div(emit.thread(), emit.index(across));
  column = emit.rem(emit.thread(), emit.index(across));
  firstM = emit.mul(block[1], blockM);
  firstN = emit.mul(block[2], blockN);
  rows = emit.extent(m);
  columns = emit.extent(n);
  wholeVectors = n.isConstant() && n.constant() % lanes == 0;
}

void TileLoop::run(const Matrix &left, const Matrix &right, Value result, Value firstColumn, const RowPlace &placeOf) {
  type = emit.computed(elementTypeOf(result));
  finish(result, firstColumn, placeOf, multiply(left, right));
}

TileLoop::Values TileLoop::multiply(const Matrix &left, const Matrix &right) {
  // The right one's vectors run over places, so its tiles always lie so.
  Operand a(kernel, elements, left, firstM, depth, blockM, stages, /*keepsSteps=*/true);
  Operand b(kernel, elements, right, firstN, depth, blockN, stages, /*keepsSteps=*/false);
  auto fetch = [&](Value stage, Value step) {
    a.fetch(stage, step);
    b.fetch(stage, step);
    emit.endCopies();
  };
  Values zeros(groups * lanes * vectors, emit.zeroOf(emit.vectorOf(type, lanes)));
  fetch(emit.zero(), emit.zero());
  auto loop =
      scf::ForOp::create(emit.b, emit.location, emit.zero(), emit.ceilDiv(left.steps, depth), emit.index(1), zeros);
  OpBuilder::InsertionGuard guard(emit.b);
  emit.b.setInsertionPointToEnd(loop.getBody());
  Value trip = loop.getInductionVar(), next = emit.add(trip, 1);
  fetch(emit.rem(next, emit.index(stages)), emit.mul(next, depth)); // past the end: zeros
  emit.awaitCopies(stages - 1);
  emit.barrier(); // every thread's copies are there
  Values sums(loop.getRegionIterArgs());
  Value stage = emit.rem(trip, emit.index(stages));
  for (int64_t step = 0; step < depth; step += lanes)
    multiplySteps(a, b, stage, emit.index(step), sums);
  emit.barrier(); // nobody reads what the next copies overwrite
  scf::YieldOp::create(emit.b, emit.location, sums);
  return Values(loop.getResults());
}

/// Places of one thread lie in groups of `lanes` so that a group's accesses of neighbours are neighbours.
Value TileLoop::rowOf(int64_t group) { return emit.add(emit.mul(row, lanes), group * down * lanes); }
Value TileLoop::columnOf(int64_t vector) { return emit.add(emit.mul(column, lanes), vector * across * lanes); }

void TileLoop::multiplySteps(Operand &a, Operand &b, Value stage, Value step, Values &sums) {
  Values right; // [step][vector]
  for (int64_t k = 0; k < lanes; ++k)
    for (int64_t v = 0; v < vectors; ++v)
      right.push_back(b.read(stage, emit.add(step, k), columnOf(v), lanes));
  for (int64_t g = 0; g < groups; ++g) {
    Values left; // vectors over the group's rows for each step, or over steps for each row
    for (int64_t i = 0; i < lanes; ++i)
      left.push_back(a.byStep ? a.read(stage, step, emit.add(rowOf(g), i), lanes)
                              : a.read(stage, emit.add(step, i), rowOf(g), lanes));
    for (int64_t k = 0; k < lanes; ++k)
      for (int64_t i = 0; i < lanes; ++i)
        for (int64_t v = 0; v < vectors; ++v) {
          Value &sum = sums[(g * lanes + i) * vectors + v], other = right[k * vectors + v];
          Value element =
              a.byStep ? emit.create<vector::ExtractOp>(left[i], k) : emit.create<vector::ExtractOp>(left[k], i);
          Value factor = emit.splat(element, lanes);
          sum = isa<FloatType>(type)
                    ? Value(emit.create<math::FmaOp>(factor, other, sum))
                    : Value(emit.create<arith::AddIOp>(sum, emit.create<arith::MulIOp>(factor, other)));
        }
  }
}

void TileLoop::finish(Value result, Value firstColumn, const RowPlace &placeOf, ArrayRef<Value> sums) {
  for (BlockArgument argument : kernel.body().getArguments())
    if (emit.dims.of(argument).empty()) // as a learning rate: once, and not at each vector
      elements.at(argument, {});
  SmallVector<Spot> places; // of each row, split once for all vectors
  for (int64_t g = 0; g < groups; ++g)
    for (int64_t i = 0; i < lanes; ++i) {
      Value m = emit.add(emit.add(firstM, rowOf(g)), i);
      places.push_back(placeOf(m));
      Value inside = emit.less(m, rows);
      Value &all = places.back().inside;
      all = all ? emit.fold<arith::AndIOp>(inside, all) : inside;
    }
  for (int64_t v = 0; v < vectors; ++v) {
    Value n = emit.add(firstN, columnOf(v)), channel = emit.add(firstColumn, n);
    emit.when(emit.less(n, columns), [&] {
      elements.pushScope();
      if (wholeVectors)
        readOfColumns(result, channel);
      for (auto [i, row] : llvm::enumerate(places))
        emit.when(row.inside, [&, i = i, &row = row] { finishVector(result, row, n, channel, sums[i * vectors + v]); });
      elements.popScope();
    });
  }
}

/// What depends on the column alone, as a bias, is read once for all rows.
void TileLoop::readOfColumns(Value result, Value channel) {
  for (BlockArgument argument : kernel.body().getArguments()) {
    ArrayRef<DimExpr> dims = emit.dims.of(argument);
    bool isBias = dims.size() == 1 && dims[0] == emit.dims.of(result).back();
    if (isBias && llvm::all_of(argument.getUsers(), [](Operation *user) { return user->hasTrait<Broadcasting>(); }))
      elements.at(argument, {Ix{channel, 1}});
  }
}

/// The epilogue of one vector.
void TileLoop::finishVector(Value result, const Spot &row, Value column, Value channel, Value sum) {
  auto storeAt = [&](Value at, int64_t step, Value value) {
    elements.pushScope();
    Place place(row.place);
    place.push_back({at, step});
    elements.preset(result, place, {value, step == 0});
    elements.storeAll(kernel, place, [](Value) { return true; });
    elements.popScope();
  };
  if (wholeVectors)
    return storeAt(channel, 1, sum);
  int64_t saved = std::exchange(elements.lanes, 1);
  for (int64_t lane = 0; lane < lanes; ++lane)
    emit.when(emit.less(emit.add(column, lane), columns),
              [&] { storeAt(emit.add(channel, lane), 0, emit.create<vector::ExtractOp>(sum, lane)); });
  elements.lanes = saved;
}

LogicalResult dlc::checkTiles(DeviceKernel &kernel) {
  ScheduleAttr schedule = kernel.schedule;
  int64_t lanes = schedule.getLanes(), rows = schedule.getRows();
  bool fits = lanes > 1 && rows > 0 && rows % lanes == 0 && schedule.getVectors() > 0 && schedule.getBlockK() > 0 &&
              schedule.getBlockK() % lanes == 0 && schedule.getBlockM() > 0 && schedule.getBlockM() % rows == 0 &&
              kernel.threads() % (schedule.getBlockM() / rows) == 0;
  if (fits)
    return success();
  return kernel.op.emitOpError("schedule does not tile a block: rows and block_k are whole groups of lanes, block_m is "
                               "whole threads, and grain divides by block_m / rows");
}
