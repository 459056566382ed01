// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// C[b, m, n] = sum over k of A[b, m, k] B[b, k, n], either operand stored with
// its last two axes swapped, or B in panels that prepare has packed. A block
// computes a tile of C from tiles of A and B in shared memory: while one pair is
// multiplied, the next is on its way (two stages). A thread has `rows` rows by
// `vectors` vectors of sums in registers, in groups of one access so that a
// warp's reads of shared memory meet no bank twice, and computes the epilogue on
// them. Beyond the edges zeros are multiplied and nothing is stored.
#include "passes/GenerateGpu/Operand.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
class DeviceContraction {
public:
  DeviceContraction(DeviceKernel &kernel)
      : kernel(kernel), emit(kernel.device), op(*kernel.body().getOps<ContractOp>().begin()),
        lanes(kernel.schedule.getLanes()), groups(kernel.schedule.getRows() / lanes),
        vectors(kernel.schedule.getVectors()), blockM(kernel.schedule.getBlockM()), depth(kernel.schedule.getBlockK()),
        elements(emit, lanes) {
    elements.buffers = kernel.inputs;
    hasBatch = !op.getLhsBatch().empty();
    down = blockM / kernel.schedule.getRows();
    across = kernel.threads() / down;
    blockN = across * vectors * lanes;
    type = emit.computed(elementTypeOf(op.getResult()));
  }

  LogicalResult generate() {
    ArrayRef<DimExpr> result = emit.dims.of(op.getResult());
    DimExpr batches = hasBatch ? result[0] : DimExpr(1), m = result[result.size() - 2], n = result.back();
    DimExpr tilesM = m.ceilDiv(blockM), tilesN = n.ceilDiv(blockN);
    kernel.grid = batches * tilesM * tilesN;
    SmallVector<Value> block = emit.split(emit.block(), {batches, tilesM, tilesN});
    batch = block[0];
    Value thread = emit.thread();
    row = emit.div(thread, emit.index(across));
    column = emit.rem(thread, emit.index(across));
    firstM = emit.mul(block[1], blockM);
    firstN = emit.mul(block[2], blockN);
    mSize = emit.extent(m);
    nSize = emit.extent(n);
    wholeVectors = n.isConstant() && n.constant() % lanes == 0;
    SmallVector<Value> sums = multiply();
    finish(sums);
    return success();
  }

private:
  static constexpr int64_t stages = 2;

  SmallVector<Value> multiply() {
    Operand a(kernel, elements, op.getLhs(), {hasBatch ? 0 : -1, op.getLhsContract()[0], op.freeAxes(false)[0]}, depth,
              blockM, stages);
    Operand b(kernel, elements, op.getRhs(), {hasBatch ? 0 : -1, op.getRhsContract()[0], op.freeAxes(true)[0]}, depth,
              blockN, stages);
    auto fetch = [&](Value stage, Value k) {
      a.fetch(stage, batch, k, firstM);
      b.fetch(stage, batch, k, firstN);
      emit.endCopies();
    };
    Value trips = emit.ceilDiv(emit.extent(emit.dims.of(op.getLhs())[op.getLhsContract()[0]]), depth);
    SmallVector<Value> zeros(groups * lanes * vectors, emit.zeroOf(emit.vectorOf(type, lanes)));
    fetch(emit.zero(), emit.zero());
    auto loop = scf::ForOp::create(emit.b, emit.location, emit.zero(), trips, emit.index(1), zeros);
    OpBuilder::InsertionGuard guard(emit.b);
    emit.b.setInsertionPointToEnd(loop.getBody());
    Value trip = loop.getInductionVar(), next = emit.add(trip, 1);
    fetch(emit.rem(next, emit.index(stages)), emit.mul(next, depth)); // past the end: zeros
    emit.awaitCopies(stages - 1);
    emit.barrier(); // every thread's copies are there
    SmallVector<Value> sums(loop.getRegionIterArgs());
    Value stage = emit.rem(trip, emit.index(stages));
    for (int64_t k = 0; k < depth; ++k)
      sums = multiplyStep(a, b, stage, emit.index(k), sums);
    emit.barrier(); // nobody reads what the next copies overwrite
    scf::YieldOp::create(emit.b, emit.location, sums);
    return SmallVector<Value>(loop.getResults());
  }

  /// Place `lanes` apart groups of one thread so that a group's accesses of neighbours are neighbours.
  Value rowOf(int64_t group) { return emit.add(emit.mul(row, lanes), group * down * lanes); }
  Value columnOf(int64_t vector) { return emit.add(emit.mul(column, lanes), vector * across * lanes); }

  SmallVector<Value> multiplyStep(Operand &a, Operand &b, Value stage, Value k, ArrayRef<Value> sums) {
    SmallVector<Value> right, result;
    for (int64_t v = 0; v < vectors; ++v)
      right.push_back(b.read(stage, k, columnOf(v), lanes));
    for (int64_t g = 0; g < groups; ++g) {
      Value left = a.read(stage, k, rowOf(g), lanes);
      for (int64_t i = 0; i < lanes; ++i)
        for (int64_t v = 0; v < vectors; ++v) {
          Value sum = sums[(g * lanes + i) * vectors + v],
                factor = emit.splat(emit.create<vector::ExtractOp>(left, i), lanes);
          result.push_back(isa<FloatType>(type)
                               ? Value(emit.create<math::FmaOp>(factor, right[v], sum))
                               : Value(emit.create<arith::AddIOp>(sum, emit.create<arith::MulIOp>(factor, right[v]))));
        }
    }
    return result;
  }

  void finish(ArrayRef<Value> sums) {
    for (BlockArgument argument : kernel.body().getArguments())
      if (emit.dims.of(argument).empty()) // as a learning rate: once, and not at each vector
        elements.at(argument, {});
    for (int64_t v = 0; v < vectors; ++v) {
      Value n = emit.add(firstN, columnOf(v));
      emit.when(emit.less(n, nSize), [&] {
        elements.pushScope();
        if (wholeVectors)
          readOfColumns(n);
        for (int64_t g = 0; g < groups; ++g)
          for (int64_t i = 0; i < lanes; ++i) {
            Value m = emit.add(emit.add(firstM, rowOf(g)), i);
            emit.when(emit.less(m, mSize), [&] { finish(m, n, sums[(g * lanes + i) * vectors + v]); });
          }
        elements.popScope();
      });
    }
  }

  /// What depends on the column alone, as a bias, is read once for all rows.
  void readOfColumns(Value n) {
    for (BlockArgument argument : kernel.body().getArguments()) {
      ArrayRef<DimExpr> dims = emit.dims.of(argument);
      bool isBias = dims.size() == 1 && dims[0] == emit.dims.of(op.getResult()).back();
      if (isBias && llvm::all_of(argument.getUsers(), [](Operation *user) { return user->hasTrait<Broadcasting>(); }))
        elements.at(argument, {Ix{n, 1}});
    }
  }

  /// The epilogue of one vector.
  void finish(Value m, Value n, Value sum) {
    auto storeAt = [&](Value column, int64_t step, Value value) {
      elements.pushScope();
      Place place;
      if (hasBatch)
        place.push_back({batch, 0});
      place.push_back({m, 0});
      place.push_back({column, step});
      elements.preset(op.getResult(), place, {value, step == 0});
      elements.storeAll(kernel, place, [](Value) { return true; });
      elements.popScope();
    };
    if (wholeVectors)
      return storeAt(n, 1, sum);
    int64_t saved = std::exchange(elements.lanes, 1);
    for (int64_t lane = 0; lane < lanes; ++lane) {
      Value column = emit.add(n, lane);
      emit.when(emit.less(column, nSize), [&] { storeAt(column, 0, emit.create<vector::ExtractOp>(sum, lane)); });
    }
    elements.lanes = saved;
  }

  DeviceKernel &kernel;
  DeviceEmitter &emit;
  ContractOp op;
  int64_t lanes, groups, vectors, blockM, depth, down, across, blockN;
  Elements elements;
  bool hasBatch, wholeVectors = false;
  Type type;
  Value batch, row, column, firstM, firstN, mSize, nSize;
};
} // namespace

LogicalResult dlc::generateDeviceContract(DeviceKernel &kernel) {
  ScheduleAttr schedule = kernel.schedule;
  int64_t lanes = schedule.getLanes(), rows = schedule.getRows();
  bool fits = lanes > 1 && rows > 0 && rows % lanes == 0 && schedule.getVectors() > 0 && schedule.getBlockK() > 0 &&
              schedule.getBlockM() > 0 && schedule.getBlockM() % rows == 0 &&
              kernel.threads() % (schedule.getBlockM() / rows) == 0;
  if (!fits)
    return kernel.op.emitOpError(
        "schedule does not tile a block: rows are whole groups of lanes, block_m is whole threads, "
        "and grain divides by block_m / rows");
  return DeviceContraction(kernel).generate();
}
