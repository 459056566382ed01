// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/GenerateGpu/TileLoop.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

/// Of sm_80 (README.md, "On paper"); 0 for f32's own.
static int64_t productsPerCycle(Type type, TargetAttr target) {
  bool isMma = usesMatrixUnits(type, target);
  return type.isF64() ? 32 : !isMma ? 0 : type.isF32() ? 512 : 1024;
}

static std::unique_ptr<ThreadTile> makeTile(DeviceKernel &kernel, Type type) {
  kernel.productsPerCycle = productsPerCycle(type, kernel.device.target);
  return usesMatrixUnits(type, kernel.device.target) ? makeMmaTile(kernel, type) : makeFmaTile(kernel, type);
}

TileLoop::TileLoop(DeviceKernel &kernel, Type elementType, const DimExpr &batches, const DimExpr &m, const DimExpr &n)
    : kernel(kernel), emit(kernel.device), tile(makeTile(kernel, elementType)), lanes(tile->lanes),
      blockM(kernel.schedule.getBlockM()), depth(kernel.schedule.getBlockK()),
      stages(kernel.schedule.getPrefetch() + 1), elements(emit, lanes), batches(batches), m(m), n(n),
      parts(kernel.schedule.getParts()) {
  elements.buffers = kernel.inputs;
  rows = emit.extent(m);
  columns = emit.extent(n);
  wholeVectors = n.isConstant() && n.constant() % lanes == 0;
  constexpr int64_t few = 64;
  bool hasFewSums =
      tile->rows * tile->vectors * lanes < few && emit.computed(elementType).getIntOrFloatBitWidth() <= 32;
  if (!kernel.addsParts()) // what is left beside the sums was tried with ptxas: nothing is spilled
    kernel.residentBlocks = (kernel.threads() <= 128 ? 2 : 1) + (hasFewSums ? 1 : 0);
  DimExpr units = n.ceilDiv(lanes);
  if (parts > 1) {
    kernel.steps = 2;
    sums = kernel.scratchFor(emit.computed(elementType), {DimExpr(parts), batches, m, units * DimExpr(lanes)});
  }
  if (kernel.addsParts()) {
    DimExpr count = batches * m * units;
    kernel.grid = count.ceilDiv(kernel.threads());
    Value number = emit.add(emit.mul(emit.block(), kernel.threads()), emit.thread());
    isOne = emit.less(number, emit.extent(count));
    Values at = emit.split(number, {batches, m, units});
    batch = at[0];
    firstM = at[1];
    firstN = emit.mul(at[2], lanes);
    return;
  }
  DimExpr tilesM = m.ceilDiv(blockM), tilesN = n.ceilDiv(tile->blockN), cuts(parts);
  kernel.grid = cuts * batches * tilesM * tilesN;
  Values block = emit.split(emit.block(), {cuts, batches, tilesM * tilesN});
  part = block[0];
  batch = block[1];
  auto [tileM, tileN] = tileOf(block[2], emit.extent(tilesM), emit.extent(tilesN));
  firstM = emit.mul(tileM, blockM);
  firstN = emit.mul(tileN, tile->blockN);
}

/// Large tiles are many: those computed at the same time go down bands of `band` and share rows and columns, which
/// whole rows of tiles would not.
std::pair<Value, Value> TileLoop::tileOf(Value number, Value tilesM, Value tilesN) {
  constexpr int64_t band = 8, large = 128;
  if (blockM < large || tile->blockN < large)
    return {emit.div(number, tilesN), emit.rem(number, tilesN)};
  Value ofBand = emit.mul(tilesN, band), first = emit.mul(emit.div(number, ofBand), band);
  Value height = emit.min(emit.add(tilesM, emit.mul(first, -1)), emit.index(band)), within = emit.rem(number, ofBand);
  return {emit.add(first, emit.rem(within, height)), emit.div(within, height)};
}

void TileLoop::run(const Matrix &left, const Matrix &right, Value result, Value firstColumn, const RowPlace &placeOf) {
  if (kernel.addsParts())
    return emit.when(isOne, [&] { addParts(result, firstColumn, placeOf); });
  Values sums = multiply(left, right);
  if (kernel.makesParts())
    return keepParts(sums);
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
  int64_t padding = placePadding(tile->stored, emit.target);
  bool waits = !copiesAsync(kernel, left, tile->stored, true) ||
               !copiesAsync(kernel, right, tile->stored, tile->keepsRightSteps);
  if (waits) { // what passes through registers arrives before the next barrier, and needs some
    stages = 2;
    kernel.residentBlocks = std::max<int64_t>(1, kernel.residentBlocks - 1);
  }
  Operand a(kernel, elements, left, firstM, tile->stored, depth, blockM, stages, padding, /*keepsSteps=*/true);
  Operand b(kernel, elements, right, firstN, tile->stored, depth, tile->blockN, stages, padding, tile->keepsRightSteps);
  auto fetch = [&](Value number) { // past the end: zeros
    Value stage = emit.rem(number, emit.index(stages)), step = emit.mul(number, depth);
    a.fetch(stage, step);
    b.fetch(stage, step);
    emit.endCopies();
  };
  Value trips = emit.ceilDiv(left.steps, depth), begin = emit.zero();
  if (parts > 1) {
    Value each = emit.ceilDiv(trips, parts);
    begin = emit.mul(part, each);
    trips = emit.min(trips, emit.add(begin, each));
  }
  if (stages == 2)
    fetch(begin);
  else // one copy of its code: unrolled, convolutions spill
    emit.loop(begin, emit.add(begin, stages - 1), 1, fetch);
  auto loop = scf::ForOp::create(emit.b, emit.location, begin, trips, emit.index(1), tile->zeros());
  {
    OpBuilder::InsertionGuard guard(emit.b);
    emit.b.setInsertionPointToEnd(loop.getBody());
    Value trip = loop.getInductionVar();
    emit.awaitCopies(stages - 2);
    emit.barrier(); // every thread's copies are there, and nobody reads any more what the next ones overwrite
    fetch(emit.add(trip, stages - 1));
    Values sums(loop.getRegionIterArgs());
    tile->multiply(a, b, emit.rem(trip, emit.index(stages)), sums);
    scf::YieldOp::create(emit.b, emit.location, sums);
  }
  return tile->finished(Values(loop.getResults()));
}

Value TileLoop::sumAt(Value part, Value row, Value column) {
  return emit.linear(sums.dims, Place{{part, 0}, {batch, 0}, {row, 0}, {column, 0}});
}

void TileLoop::keepParts(ArrayRef<Value> vectors) {
  for (int64_t i = 0; i < tile->rows; ++i)
    for (int64_t v = 0; v < tile->vectors; ++v) {
      Value row = emit.add(firstM, tile->row(emit.index(i))), column = emit.add(firstN, tile->column(emit.index(v)));
      emit.when(emit.fold<arith::AndIOp>(emit.less(row, rows), emit.less(column, columns)),
                [&] { emit.storeAt(sums, sumAt(part, row, column), vectors[i * tile->vectors + v], lanes, {}); });
    }
}

void TileLoop::addParts(Value result, Value firstColumn, const RowPlace &placeOf) {
  Value zero = emit.zeroOf(emit.vectorOf(sums.elementType, lanes));
  Value sum = emit.loop(emit.zero(), emit.index(parts), 1, {zero}, [&](Value part, ValueRange carried) {
    Value next = emit.loadAt(sums, sumAt(part, firstM, firstN), lanes, {});
    return Values{isa<FloatType>(sums.elementType) ? Value(emit.create<arith::AddFOp>(carried[0], next))
                                                   : Value(emit.create<arith::AddIOp>(carried[0], next))};
  })[0];
  finishVector(result, placeOf(firstM), firstN, emit.add(firstColumn, firstN), sum);
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
  for (int64_t i = 0; i < tile->rows; ++i)
    places.push_back(rowSpot(placeOf, emit.add(firstM, tile->row(emit.index(i)))));
  for (int64_t v = 0; v < tile->vectors; ++v) {
    Value n = emit.add(firstN, tile->column(emit.index(v))), channel = emit.add(firstColumn, n);
    emit.when(emit.less(n, columns), [&] {
      elements.pushScope();
      if (wholeVectors)
        readOfColumns(result, channel);
      for (auto [i, row] : llvm::enumerate(places))
        emit.when(row.inside,
                  [&, i = i, &row = row] { finishVector(result, row, n, channel, sums[i * tile->vectors + v]); });
      elements.popScope();
    });
  }
}

/// All of this thread's elements, one after the other in one loop: code that hardly ever runs.
void TileLoop::finishAgain(const Matrix &left, const Matrix &right, Value result, Value firstColumn,
                           const RowPlace &placeOf) {
  int64_t saved = std::exchange(elements.lanes, 1);
  emit.loop(emit.zero(), emit.index(tile->rows), 1, [&](Value i) {
    Value m = emit.add(firstM, tile->row(i));
    Spot spot = rowSpot(placeOf, m);
    emit.when(spot.inside, [&] {
      emit.loop(emit.zero(), emit.index(tile->vectors * lanes), 1, [&](Value j) {
        Value first = tile->column(emit.div(j, emit.index(lanes)));
        Value n = emit.add(emit.add(firstN, first), emit.rem(j, emit.index(lanes)));
        emit.when(emit.less(n, columns),
                  [&] { storeAt(result, spot, {emit.add(firstColumn, n), 0}, sumAgain(left, right, m, n)); });
      });
    });
  });
  elements.lanes = saved;
}

Value TileLoop::sumAgain(const Matrix &left, const Matrix &right, Value row, Value column) {
  Type type = emit.computed(elementTypeOf(left.value));
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

LogicalResult dlc::checkTiles(DeviceKernel &kernel, Type elementType) {
  ScheduleAttr schedule = kernel.schedule;
  int64_t lanes = schedule.getLanes(), rows = schedule.getRows(), vectors = schedule.getVectors();
  int64_t m = schedule.getBlockM(), depth = schedule.getBlockK(), sharers = kernel.threads();
  bool isMma = usesMatrixUnits(elementType, kernel.device.target);
  bool fits = rows > 0 && schedule.getParts() > 0 && vectors > 0 && depth > 0 && m > 0 && m % rows == 0 &&
              schedule.getPrefetch() > 0;
  if (isMma) {
    sharers /= warpSize;
    fits &= lanes == 8 && rows % 16 == 0 && depth % 16 == 0 && vectors % 4 == 0;
  } else {
    fits &= lanes > 1 && rows % lanes == 0 && depth % lanes == 0;
  }
  if (!fits || sharers % (m / rows))
    return kernel.op.emitOpError("schedule does not tile a block: ")
           << (isMma ? "warps have rows and block_k of whole 16s and vectors of whole 4s in 8 lanes"
                     : "rows and block_k are whole groups of lanes")
           << ", block_m is whole rows, prefetch and parts are 1 at least, and " << (isMma ? "warps" : "grain")
           << " divide by block_m / rows";
  int64_t n = sharers / (m / rows) * vectors * lanes;
  int64_t most = (schedule.getPrefetch() + 1) * (stageBytes(m, depth, elementType, kernel.device.target) +
                                                 stageBytes(n, depth, elementType, kernel.device.target));
  if (most > kernel.device.target.getL1())
    return kernel.op.emitOpError("schedule's tiles need ")
           << most << " bytes of shared memory, a block has " << kernel.device.target.getL1();
  return success();
}
