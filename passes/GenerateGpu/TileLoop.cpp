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
  Values sums = multiply(left, right);
  for (BlockArgument argument : kernel.body().getArguments())
    if (emit.dims.of(argument).empty()) // as a learning rate: once, and not at each vector
      elements.at(argument, {});
  if (!zerosAreAbsent)
    return finish(result, firstColumn, placeOf, sums);
  Value isNan = emit.constantOf(emit.vectorOf(emit.b.getI1Type(), lanes), 0), any;
  for (Value sum : sums)
    isNan = emit.create<arith::OrIOp>(isNan, emit.create<arith::CmpFOp>(arith::CmpFPredicate::UNO, sum, sum));
  for (int64_t lane = 0; lane < lanes; ++lane) {
    Value one = emit.create<vector::ExtractOp>(isNan, lane);
    any = any ? Value(emit.create<arith::OrIOp>(any, one)) : one;
  }
  emit.when(
      any, [&] { finishAgain(left, right, result, firstColumn, placeOf); },
      [&] { finish(result, firstColumn, placeOf, sums); });
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

/// A row's place, and whether it exists.
Spot TileLoop::rowSpot(const RowPlace &placeOf, Value row) {
  Spot spot = placeOf(row);
  Value inside = emit.less(row, rows);
  spot.inside = spot.inside ? emit.fold<arith::AndIOp>(inside, spot.inside) : inside;
  return spot;
}

void TileLoop::finish(Value result, Value firstColumn, const RowPlace &placeOf, ArrayRef<Value> sums) {
  SmallVector<Spot> places; // of each row, split once for all vectors
  for (int64_t g = 0; g < groups; ++g)
    for (int64_t i = 0; i < lanes; ++i)
      places.push_back(rowSpot(placeOf, emit.add(emit.add(firstM, rowOf(g)), i)));
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

/// All of this thread's elements, one after the other in one loop: code that hardly ever runs.
void TileLoop::finishAgain(const Matrix &left, const Matrix &right, Value result, Value firstColumn,
                           const RowPlace &placeOf) {
  auto spread = [&](Value first, Value own, Value number, int64_t step) { // as rowOf and columnOf do
    Value group = emit.div(number, emit.index(lanes)), inside = emit.rem(number, emit.index(lanes));
    return emit.add(emit.add(first, emit.mul(own, lanes)), emit.add(emit.mul(group, step * lanes), inside));
  };
  int64_t saved = std::exchange(elements.lanes, 1);
  emit.loop(emit.zero(), emit.index(groups * lanes), 1, [&](Value i) {
    Value m = spread(firstM, row, i, down);
    Spot spot = rowSpot(placeOf, m);
    emit.when(spot.inside, [&] {
      emit.loop(emit.zero(), emit.index(vectors * lanes), 1, [&](Value j) {
        Value n = spread(firstN, column, j, across);
        emit.when(emit.less(n, columns),
                  [&] { storeAt(result, spot, {emit.add(firstColumn, n), 0}, sumAgain(left, right, m, n)); });
      });
    });
  });
  elements.lanes = saved;
}

Value TileLoop::sumAgain(const Matrix &left, const Matrix &right, Value row, Value column) {
  return emit.loop(emit.zero(), left.steps, 1, {emit.zeroOf(type)}, [&](Value step, ValueRange carried) {
    Spot a = left.at(step, row), b = right.at(step, column);
    auto branch = scf::IfOp::create(emit.b, emit.location, TypeRange{type}, a.inside, true);
    OpBuilder::InsertionGuard guard(emit.b);
    emit.b.setInsertionPointToStart(&branch.getThenRegion().front());
    elements.pushScope();
    Value x = elements.at(left.value, left.placeOf(emit, a.place)).value,
          y = elements.at(right.value, right.placeOf(emit, b.place)).value;
    elements.popScope();
    scf::YieldOp::create(emit.b, emit.location, Value(emit.create<math::FmaOp>(x, y, carried[0])));
    emit.b.setInsertionPointToStart(&branch.getElseRegion().front());
    scf::YieldOp::create(emit.b, emit.location, carried[0]);
    return Values{branch.getResult(0)};
  })[0];
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

void TileLoop::storeAt(Value result, const Spot &row, Ix channel, Value value) {
  elements.pushScope();
  Place place(row.place);
  place.push_back(channel);
  elements.preset(result, place, {value, channel.step == 0});
  elements.storeAll(kernel, place, [](Value) { return true; });
  elements.popScope();
}

/// The epilogue of one vector.
void TileLoop::finishVector(Value result, const Spot &row, Value column, Value channel, Value sum) {
  if (wholeVectors)
    return storeAt(result, row, {channel, 1}, sum);
  int64_t saved = std::exchange(elements.lanes, 1);
  for (int64_t lane = 0; lane < lanes; ++lane)
    emit.when(emit.less(emit.add(column, lane), columns),
              [&] { storeAt(result, row, {emit.add(channel, lane), 0}, emit.create<vector::ExtractOp>(sum, lane)); });
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
