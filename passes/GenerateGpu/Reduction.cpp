// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reductions over one set of axes, and what has the whole domain's extents.
// `rows` threads of the schedule share each place of the kept axes and step
// through the reduced ones together. Rows (lanes along a reduced axis): the
// threads are neighbours, part of a warp or a block, and combine by shuffles.
// Columns (lanes along a kept axis): neighbours have neighbouring columns, and
// the threads of one combine through shared memory. A row of `vectors` vectors a
// thread is read once and stays in registers; without, each phase reads it.
//
// Where blocks would be few, the reduced axes are cut into parts, each a block's.
// Launch i of a kernel of P phases leaves the parts' sums of phase i, launch P
// computes what follows. Each block first adds the parts of the phases before,
// for its own places and in the same order as every other.
#include "passes/Elements/NestPlan.h"
#include "passes/GenerateGpu/Generators.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
class Reduction {
public:
  Reduction(DeviceKernel &kernel)
      : kernel(kernel), emit(kernel.device), plan(kernel.op), lanes(kernel.schedule.getLanes()),
        share(kernel.schedule.getRows()), held(kernel.schedule.getVectors()), cuts(kernel.schedule.getParts()),
        elements(emit, lanes) {
    elements.buffers = kernel.inputs;
    lanesReduced = plan.lanesReduced();
    sumLanes = lanesReduced ? 1 : lanes; // of a row, each thread has one sum
    keepsWhole = !plan.keepsNothingWhole(kernel.op);
  }

  LogicalResult generate() {
    int64_t last = plan.domain.size() - 1;
    DimVector keptUnits;
    for (auto [axis, dim] : llvm::enumerate(plan.domain)) {
      DimExpr units = static_cast<int64_t>(axis) == last ? dim.ceilDiv(lanes) : dim;
      (plan.folds(axis) ? reducedUnits : keptUnits).push_back(units);
      if (!plan.folds(axis))
        keptAxes.push_back(axis);
    }
    int64_t perBlock = kernel.threads() / share;
    DimExpr places = product(keptUnits);
    bool isPart = cuts > 1 && (kernel.makesParts(phases()) || keepsWhole);
    DimExpr blocks = places.ceilDiv(perBlock), inParts(isPart ? cuts : 1);
    kernel.grid = inParts * blocks;
    SmallVector<Value> block = emit.split(emit.block(), {inParts, blocks});
    count = emit.extent(product(reducedUnits));
    if (cuts > 1)
      setSums(places);
    if (isPart)
      setPart(block[0]);

    Value thread = emit.thread();
    Value within = lanesReduced ? emit.div(thread, emit.index(share)) : emit.rem(thread, emit.index(perBlock));
    member = lanesReduced ? emit.rem(thread, emit.index(share)) : emit.div(thread, emit.index(perBlock));
    number = emit.add(emit.mul(block[1], perBlock), within);
    Value limit = emit.extent(places);
    // Every thread takes part in what threads do together: past the end they
    // compute the last place again and store nothing.
    isPlace = emit.less(number, limit);
    number = emit.min(number, emit.add(limit, -1));

    place.assign(plan.domain.size(), Ix{emit.zero(), 0});
    for (auto [axis, index] : llvm::zip(keptAxes, emit.split(number, keptUnits)))
      place[axis] = axis == last && lanes > 1 ? Ix{emit.mul(index, lanes), 1} : Ix{index, 0};
    for (int64_t i = 0; i < held; ++i) {
      Value at = emit.add(member, i * share), inside = emit.less(at, count);
      row.push_back({placeOf(emit.min(at, emit.add(count, -1))), emit.known(inside) == 1 ? Value() : inside});
    }
    run();
    return success();
  }

private:
  struct Unit {
    Place place;
    Value inside; // null: always
  };
  int64_t phases() const { return plan.phases.size(); }

  /// The place of unit `at` of the reduced axes.
  Place placeOf(Value at) {
    Place result(place);
    int64_t last = plan.domain.size() - 1;
    for (auto [axis, index] : llvm::zip(plan.reduced, emit.split(at, reducedUnits)))
      result[axis] = axis == last && lanes > 1 ? Ix{emit.mul(index, lanes), 1} : Ix{index, 0};
    return result;
  }
  /// Where sums of parts lie: [part, place] for each reduction, in the memory of all launches.
  void setSums(const DimExpr &places) {
    kernel.steps = phases() + 1;
    for (ArrayRef<Operation *> phase : plan.phases)
      for (Operation *op : phase) {
        Type type = emit.computed(elementTypeOf(op->getResult(0)));
        sums[op] = kernel.scratchFor(type, {DimExpr(cuts), places, DimExpr(sumLanes)});
      }
  }
  /// This block's part of the reduced axes.
  void setPart(Value ofBlock) {
    part = ofBlock;
    Value each = emit.ceilDiv(count, cuts);
    first = emit.mul(part, each);
    count = emit.min(count, emit.add(first, each));
  }
  Value sumAt(Operation *op, Value ofPart) {
    return emit.linear(sums[op].dims, Place{{ofPart, 0}, {number, 0}, {emit.zero(), 0}});
  }

  bool isWhole(Value value) { return emit.dims.of(value) == ArrayRef<DimExpr>(plan.domain); }
  Value both(Value a, Value b) { return emit.fold<arith::AndIOp>(a, b); }
  Value isZero(Value index) { return emit.fold<arith::CmpIOp>(arith::CmpIPredicate::eq, index, emit.zero()); }

  void run() {
    Place folded(place);
    for (int64_t axis : plan.reduced)
      folded[axis] = {emit.zero(), 0};
    for (auto [phase, ops] : llvm::enumerate(plan.phases)) {
      if (kernel.makesParts(phases()) && static_cast<int64_t>(phase) == kernel.step)
        return keepParts(ops);
      for (auto [op, total] : llvm::zip(ops, cuts > 1 ? addParts(ops) : fold(ops)))
        elements.preset(op->getResult(0), Elements::suffix(folded, emit.dims.of(op->getResult(0)).size()),
                        {total, sumLanes == 1});
    }
    // What is kept of a row or column is one thread's of one block.
    Value isFirst = both(isPlace, isZero(member));
    if (llvm::any_of(kernel.yields(), [&](Value value) { return !isWhole(value); }))
      emit.when(part ? both(isFirst, isZero(part)) : isFirst, [&] { store(folded, false); });
    if (keepsWhole)
      emit.when(isPlace, [&] { storeWhole(); });
  }

  void keepParts(ArrayRef<Operation *> phase) {
    SmallVector<Value> totals = fold(phase);
    emit.when(both(isPlace, isZero(member)), [&] {
      for (auto [op, total] : llvm::zip(phase, totals))
        emit.storeAt(sums[op], sumAt(op, part), total, sumLanes, {});
    });
  }

  /// The sums of a phase, from those that an earlier launch left of each part.
  SmallVector<Value> addParts(ArrayRef<Operation *> phase) {
    SmallVector<Value> inits = identities(phase, sumLanes);
    return across(phase, emit.loop(member, emit.index(cuts), share, inits, [&](Value at, ValueRange carried) {
      SmallVector<Value> next;
      for (auto [op, total] : llvm::zip(phase, carried))
        next.push_back(emitCombine(emit, op, total, emit.loadAt(sums[op], sumAt(op, at), sumLanes, {})));
      return next;
    }));
  }

  void storeWhole() {
    for (Unit &unit : row)
      if (unit.inside)
        emit.when(unit.inside, [&] { store(unit.place, true); });
      else
        store(unit.place, true);
    if (row.empty())
      step({}, [&](const Place &at, ValueRange) {
        store(at, true);
        return SmallVector<Value>();
      });
  }
  void store(const Place &at, bool whole) {
    elements.pushScope();
    elements.storeAll(kernel, at, [&](Value value) { return isWhole(value) == whole; });
    elements.popScope();
  }

  /// Every unit of the reduced axes that is this thread's, one after the other.
  SmallVector<Value> step(ValueRange inits, const std::function<SmallVector<Value>(const Place &, ValueRange)> &body) {
    return emit.loop(first ? emit.add(first, member) : member, count, share, inits, [&](Value at, ValueRange carried) {
      elements.pushScope();
      SmallVector<Value> next = body(placeOf(at), carried);
      elements.popScope();
      return next;
    });
  }

  /// Of each reduction of a phase, what it begins with.
  SmallVector<Value> identities(ArrayRef<Operation *> phase, int64_t width) {
    SmallVector<Value> inits;
    for (Operation *op : phase) {
      Type type = emit.computed(elementTypeOf(op->getResult(0)));
      inits.push_back(emitIdentity(emit, op, width > 1 ? Type(emit.vectorOf(type, width)) : type));
    }
    return inits;
  }

  /// One phase: every reduction of it in one pass.
  SmallVector<Value> fold(ArrayRef<Operation *> phase) {
    SmallVector<Value> inits = identities(phase, lanes);
    auto combineAt = [&](const Place &at, ValueRange carried, Value inside) {
      SmallVector<Value> next;
      for (auto [op, total, init] : llvm::zip(phase, carried, inits)) {
        Value operand = op->getOperand(0);
        Lanes lane = elements.at(operand, Elements::suffix(at, emit.dims.of(operand).size()));
        Value value = lanes > 1 ? emit.splat(lane.value, lanes) : lane.value;
        if (inside)
          value = emit.create<arith::SelectOp>(inside, value, init);
        next.push_back(emitCombine(emit, op, total, value));
      }
      return next;
    };
    SmallVector<Value> totals(inits);
    for (Unit &unit : row)
      totals = combineAt(unit.place, totals, unit.inside);
    if (row.empty())
      totals = step(inits, [&](const Place &at, ValueRange carried) { return combineAt(at, carried, {}); });
    return across(phase, totals);
  }

  SmallVector<Value> across(ArrayRef<Operation *> phase, SmallVector<Value> totals) {
    for (auto [op, total] : llvm::zip(phase, totals))
      total = lanesReduced ? acrossRow(op, total) : acrossColumn(op, total);
    return totals;
  }

  /// In trees of a fixed order, the same on every run.
  Value acrossRow(Operation *op, Value total) {
    if (isa<VectorType>(total.getType())) {
      SmallVector<Value> values;
      for (int64_t lane = 0; lane < lanes; ++lane)
        values.push_back(emit.create<vector::ExtractOp>(total, lane));
      for (int64_t width = lanes / 2; width >= 1; width /= 2)
        for (int64_t lane = 0; lane < width; ++lane)
          values[lane] = emitCombine(emit, op, values[lane], values[lane + width]);
      total = values[0];
    }
    int64_t width = std::min(share, warpSize);
    for (int64_t distance = width / 2; distance >= 1; distance /= 2)
      total = emitCombine(emit, op, total, emit.fromAbove(total, distance, width));
    if (share > 1) // one sum for all: order matters to signs of zeros
      total = emit.fromFirst(total, width);
    if (share <= warpSize)
      return total;
    Buffer warps = emit.shared(total.getType(), share / warpSize);
    Value thread = emit.thread();
    Value isFirst =
        emit.create<arith::CmpIOp>(arith::CmpIPredicate::eq, emit.rem(thread, emit.index(warpSize)), emit.zero());
    emit.when(isFirst, [&] { emit.storeAt(warps, emit.div(thread, emit.index(warpSize)), total, 1, {}); });
    emit.barrier();
    total = emit.loadAt(warps, emit.zero(), 1, {});
    for (int64_t warp = 1; warp < share / warpSize; ++warp)
      total = emitCombine(emit, op, total, emit.loadAt(warps, emit.index(warp), 1, {}));
    return total;
  }

  Value acrossColumn(Operation *op, Value total) {
    if (share == 1)
      return total;
    Buffer all = emit.exchange(total);
    int64_t columns = kernel.threads() / share;
    Value column = emit.rem(emit.thread(), emit.index(columns));
    auto sum = [&](int64_t i) { return emit.loadAt(all, emit.mul(emit.add(column, i * columns), lanes), lanes, {}); };
    total = sum(0);
    for (int64_t i = 1; i < share; ++i)
      total = emitCombine(emit, op, total, sum(i));
    return total;
  }

  DeviceKernel &kernel;
  DeviceEmitter &emit;
  NestPlan plan;
  int64_t lanes, share, held, cuts, sumLanes;
  Elements elements;
  bool lanesReduced, keepsWhole;
  SmallVector<int64_t> keptAxes;
  DimVector reducedUnits;
  Place place;
  SmallVector<Unit> row; // in registers
  Value member, first, count, isPlace, number;
  llvm::DenseMap<Operation *, Buffer> sums; // of each part
  Value part;                               // the block's, null where it has all of what is reduced
};
} // namespace

LogicalResult dlc::generateReduction(DeviceKernel &kernel) { return Reduction(kernel).generate(); }
