// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// scatter_add by rows of the result: a warp owns a row, or a piece of one, and
// sums in registers. Its lanes look through the indices side by side, 32 at a
// time; what a ballot finds is added in order. So each sum has the order of the
// indices, no two threads write one element, and nothing is zeroed first.
#include "passes/GenerateGpu/Generators.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
class Scatter {
public:
  Scatter(DeviceKernel &kernel, ScatterAddOp op)
      : kernel(kernel), emit(kernel.device), op(op), lanes(kernel.schedule.getLanes()),
        vectors(kernel.schedule.getVectors()), elements(emit, lanes), dims(emit.dims.of(op.getResult())),
        indexDims(emit.dims.of(op.getIndices())), axis(op.getAxis()) {
    elements.buffers = kernel.inputs;
    type = emit.computed(elementTypeOf(op.getResult()));
  }

  void generate() {
    int64_t warps = kernel.threads() / warpSize;
    columns = DimVector(ArrayRef(dims).drop_front(axis + 1));
    if (!columns.empty())
      columns.back() = columns.back().ceilDiv(lanes);
    DimExpr pieces = product(columns).ceilDiv(warpSize * vectors);
    DimVector outer(ArrayRef(dims).take_front(axis + 1));
    outer.push_back(pieces);
    DimExpr count = product(outer);
    kernel.grid = count.ceilDiv(warps);
    Value number = emit.add(emit.mul(emit.block(), warps), emit.div(emit.thread(), emit.index(warpSize)));
    lane = emit.rem(emit.thread(), emit.index(warpSize));
    emit.when(emit.less(number, emit.extent(count)), [&] { // whole warps
      SmallVector<Value> at = emit.split(number, outer);
      for (Value index : ArrayRef(at).take_front(axis))
        prefix.push_back({index, 0});
      row = at[axis];
      Value limit = emit.extent(product(columns));
      for (int64_t v = 0; v < vectors; ++v) {
        Value column = emit.add(emit.add(emit.mul(at.back(), warpSize * vectors), v * warpSize), lane);
        inside.push_back(emit.less(column, limit));
        places.push_back(placeOf(column));
      }
      // The first warp tells of indices out of range; all others find them nowhere.
      reports = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::eq, number, emit.zero());
      store(sum());
    });
  }

private:
  Place placeOf(Value column) {
    Place place;
    for (Value index : emit.split(column, columns))
      place.push_back({index, 0});
    if (lanes > 1)
      place.back() = {emit.mul(place.back().at, lanes), 1};
    return place;
  }

  SmallVector<Value> sum() {
    Value count = emit.extent(product(indexDims));
    SmallVector<Value> zeros(vectors, emit.zeroOf(lanes > 1 ? Type(emit.vectorOf(type, lanes)) : type));
    return emit.loop(emit.zero(), count, warpSize, zeros, [&](Value begin, ValueRange carried) {
      Value number = emit.add(begin, lane), bits = emit.ballot(hits(number, count)), word = bits;
      Value found = emit.create<arith::IndexCastUIOp>(emit.b.getIndexType(), emit.create<math::CtPopOp>(bits));
      SmallVector<Value> inits{word};
      llvm::append_range(inits, carried);
      SmallVector<Value> next = emit.loop(emit.zero(), found, 1, inits, [&](Value, ValueRange state) {
        Value bits = state[0], first = emit.create<LLVM::CountTrailingZerosOp>(bits.getType(), bits, true);
        Value at = emit.add(begin, emit.create<arith::IndexCastUIOp>(emit.b.getIndexType(), first));
        Value one = emit.constantOf(bits.getType(), 1);
        SmallVector<Value> after{emit.create<arith::AndIOp>(bits, emit.create<arith::SubIOp>(bits, one))};
        for (int64_t v = 0; v < vectors; ++v)
          after.push_back(added(state[v + 1], at, v));
        return after;
      });
      next.erase(next.begin());
      return next;
    });
  }

  /// Whether index number `number` names this row.
  Value hits(Value number, Value count) {
    Value isOne = emit.less(number, count);
    auto branch = scf::IfOp::create(emit.b, emit.location, TypeRange{emit.b.getI1Type()}, isOne, true);
    OpBuilder::InsertionGuard guard(emit.b);
    emit.b.setInsertionPointToStart(&branch.getThenRegion().front());
    int64_t saved = std::exchange(elements.lanes, 1);
    elements.pushScope();
    Place place;
    for (Value index : emit.split(number, indexDims))
      place.push_back({index, 0});
    emit.when(reports, [&] {
      elements.pushScope();
      elements.checked(op.getIndices(), place, dims[axis]);
      elements.popScope();
    });
    Value index = elements.at(op.getIndices(), place).value;
    elements.popScope();
    elements.lanes = saved;
    Type i64 = emit.b.getI64Type();
    if (index.getType() != i64)
      index = elementTypeOf(op.getIndices()).isUnsignedInteger() ? Value(emit.create<arith::ExtUIOp>(i64, index))
                                                                 : Value(emit.create<arith::ExtSIOp>(i64, index));
    Value hit = emit.create<arith::CmpIOp>(arith::CmpIPredicate::eq, index, emit.create<arith::IndexCastOp>(i64, row));
    scf::YieldOp::create(emit.b, emit.location, hit);
    emit.b.setInsertionPointToStart(&branch.getElseRegion().front());
    scf::YieldOp::create(emit.b, emit.location, emit.constantOf(emit.b.getI1Type(), 0));
    return branch.getResult(0);
  }

  /// `total` with update number `number` of vector `v`, where the row has one.
  Value added(Value total, Value number, int64_t v) {
    auto branch = scf::IfOp::create(emit.b, emit.location, TypeRange{total.getType()}, inside[v], true);
    OpBuilder::InsertionGuard guard(emit.b);
    emit.b.setInsertionPointToStart(&branch.getThenRegion().front());
    Place from(prefix);
    for (Value index : emit.split(number, indexDims))
      from.push_back({index, 0});
    llvm::append_range(from, places[v]);
    elements.pushScope();
    Value update = elements.at(op.getUpdates(), from).value;
    elements.popScope();
    if (lanes > 1)
      update = emit.splat(update, lanes);
    scf::YieldOp::create(emit.b, emit.location,
                         isa<FloatType>(type) ? Value(emit.create<arith::AddFOp>(total, update))
                                              : Value(emit.create<arith::AddIOp>(total, update)));
    emit.b.setInsertionPointToStart(&branch.getElseRegion().front());
    scf::YieldOp::create(emit.b, emit.location, total);
    return branch.getResult(0);
  }

  void store(ArrayRef<Value> sums) {
    for (int64_t v = 0; v < vectors; ++v)
      emit.when(inside[v], [&] {
        Place place(prefix);
        place.push_back({row, 0});
        llvm::append_range(place, places[v]);
        emit.store(kernel.outputs[0], place, {sums[v], lanes == 1}, lanes, {});
      });
  }

  DeviceKernel &kernel;
  DeviceEmitter &emit;
  ScatterAddOp op;
  int64_t lanes, vectors;
  Elements elements;
  DimVector dims, indexDims, columns;
  int64_t axis;
  Type type;
  Place prefix;
  Value lane, row, reports;
  SmallVector<Value> inside; // of each vector of the row that is this thread's
  SmallVector<Place> places;
};
} // namespace

LogicalResult dlc::generateDeviceScatter(DeviceKernel &kernel, Operation *root) {
  auto op = cast<ScatterAddOp>(root);
  int64_t lanes = kernel.schedule.getLanes();
  ArrayRef<DimExpr> dims = kernel.device.dims.of(op.getResult());
  bool isWhole = dims.back().isConstant() && dims.back().constant() % std::max<int64_t>(1, lanes) == 0;
  bool hasColumns = op.getAxis() + 1 < dims.size();
  if (lanes < 1 || kernel.schedule.getVectors() < 1 || (lanes > 1 && !(hasColumns && isWhole)))
    return kernel.op.emitOpError() << "schedule has " << kernel.schedule.getVectors() << " vectors of " << lanes
                                   << " lanes, which do not divide rows of " << dims.back().str();
  Scatter(kernel, op).generate();
  return success();
}
