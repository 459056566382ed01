// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reductions over one set of axes, and what has the whole domain's extents.
// `rows` threads of the schedule share each place of the kept axes and step
// through the reduced ones together. Rows (lanes along a reduced axis): the
// threads are neighbours, part of a warp or a block, and combine by shuffles.
// Columns (lanes along a kept axis): neighbours have neighbouring columns, and
// the threads of one combine through shared memory. Where blocks would be few,
// what is summed is cut into parts, whose sums a second launch adds. A row of `vectors` vectors
// a thread is read once and stays in registers; without, each phase reads it.
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
        share(kernel.schedule.getRows()), held(kernel.schedule.getVectors()), elements(emit, lanes) {
    elements.buffers = kernel.inputs;
    lanesReduced = plan.lanesReduced();
    if (kernel.addsParts() && lanesReduced) // of a row, each part has one sum
      elements.lanes = lanes = 1;
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
    DimExpr blocks = places.ceilDiv(perBlock), cuts(kernel.makesParts() ? kernel.schedule.getParts() : 1);
    kernel.grid = cuts * blocks;
    kernel.steps = kernel.schedule.getParts() > 1 ? 2 : 1;
    SmallVector<Value> block = emit.split(emit.block(), {cuts, blocks});
    count = emit.extent(product(reducedUnits));
    if (kernel.steps > 1)
      setParts(places, block[0]);

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
      parts.push_back({placeOf(emit.min(at, emit.add(count, -1))), emit.known(inside) == 1 ? Value() : inside});
    }
    kernel.makesParts() ? keepParts() : phases();
    return success();
  }

private:
  struct Part {
    Place place;
    Value inside; // null: always
  };

  /// The place of unit `at` of the reduced axes.
  Place placeOf(Value at) {
    Place result(place);
    int64_t last = plan.domain.size() - 1;
    for (auto [axis, index] : llvm::zip(plan.reduced, emit.split(at, reducedUnits)))
      result[axis] = axis == last && lanes > 1 ? Ix{emit.mul(index, lanes), 1} : Ix{index, 0};
    return result;
  }
  /// This block's part of `count`, and where sums of parts lie: [part, place] for each reduction.
  void setParts(const DimExpr &places, Value ofBlock) {
    DimExpr all(kernel.schedule.getParts());
    for (Operation *op : plan.phases[0]) {
      Type type = emit.computed(elementTypeOf(op->getResult(0)));
      sums.push_back(kernel.scratchFor(type, {all, places, DimExpr(lanesReduced ? 1 : lanes)}));
    }
    part = ofBlock;
    if (kernel.addsParts()) {
      count = emit.extent(all);
      return;
    }
    Value each = emit.ceilDiv(count, all.constant());
    first = emit.mul(part, each);
    count = emit.min(count, emit.add(first, each));
  }
  Value sumAt(const Buffer &buffer, Value ofPart) {
    return emit.linear(buffer.dims, Place{{ofPart, 0}, {number, 0}, {emit.zero(), 0}});
  }

  bool isWhole(Value value) { return emit.dims.of(value) == ArrayRef<DimExpr>(plan.domain); }

  void keepParts() {
    SmallVector<Value> totals = fold(plan.phases[0]);
    Value isFirst = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::eq, member, emit.zero());
    emit.when(emit.fold<arith::AndIOp>(isPlace, isFirst), [&] {
      for (auto [buffer, total] : llvm::zip(sums, totals))
        emit.storeAt(buffer, sumAt(buffer, part), total, lanesReduced ? 1 : lanes, {});
    });
  }

  void phases() {
    Place folded(place);
    for (int64_t axis : plan.reduced)
      folded[axis] = {emit.zero(), 0};
    for (ArrayRef<Operation *> phase : plan.phases)
      for (auto [op, total] : llvm::zip(phase, fold(phase)))
        elements.preset(op->getResult(0), Elements::suffix(folded, emit.dims.of(op->getResult(0)).size()),
                        {total, lanesReduced || lanes == 1});
    Value isFirst = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::eq, member, emit.zero());
    if (llvm::any_of(kernel.yields(), [&](Value value) { return !isWhole(value); }))
      emit.when(emit.fold<arith::AndIOp>(isPlace, isFirst), [&] { store(folded, false); });
    if (llvm::any_of(kernel.yields(), [&](Value value) { return isWhole(value); }))
      emit.when(isPlace, [&] {
        for (Part &part : parts)
          if (part.inside)
            emit.when(part.inside, [&] { store(part.place, true); });
          else
            store(part.place, true);
        if (parts.empty())
          step({}, [&](const Place &at, ValueRange) {
            store(at, true);
            return SmallVector<Value>();
          });
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

  /// One phase: every reduction of it in one pass.
  SmallVector<Value> fold(ArrayRef<Operation *> phase) {
    SmallVector<Value> inits;
    for (Operation *op : phase) {
      Type type = emit.computed(elementTypeOf(op->getResult(0)));
      inits.push_back(emitIdentity(emit, op, lanes > 1 ? Type(emit.vectorOf(type, lanes)) : type));
    }
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
    if (kernel.addsParts())
      return across(phase, emit.loop(member, count, share, inits, [&](Value at, ValueRange carried) {
        SmallVector<Value> next;
        for (auto [op, buffer, total] : llvm::zip(phase, sums, carried))
          next.push_back(emitCombine(emit, op, total, emit.loadAt(buffer, sumAt(buffer, at), lanes, {})));
        return next;
      }));
    SmallVector<Value> totals(inits);
    for (Part &part : parts)
      totals = combineAt(part.place, totals, part.inside);
    if (parts.empty())
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
    if (lanes > 1) {
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
    int64_t columns = kernel.threads() / share;
    Buffer sums = emit.shared(getElementTypeOrSelf(total), kernel.threads() * lanes);
    Value thread = emit.thread(), column = emit.rem(thread, emit.index(columns));
    emit.storeAt(sums, emit.mul(thread, lanes), total, lanes, {});
    emit.barrier();
    auto sum = [&](int64_t i) { return emit.loadAt(sums, emit.mul(emit.add(column, i * columns), lanes), lanes, {}); };
    total = sum(0);
    for (int64_t i = 1; i < share; ++i)
      total = emitCombine(emit, op, total, sum(i));
    return total;
  }

  DeviceKernel &kernel;
  DeviceEmitter &emit;
  NestPlan plan;
  int64_t lanes, share, held;
  Elements elements;
  bool lanesReduced;
  SmallVector<int64_t> keptAxes;
  DimVector reducedUnits;
  Place place;
  SmallVector<Part> parts; // the row in registers
  Value member, first, count, isPlace, number;
  SmallVector<Buffer> sums; // of each part, where what is summed is cut
  Value part;
};
} // namespace

LogicalResult dlc::generateReduction(DeviceKernel &kernel) { return Reduction(kernel).generate(); }
