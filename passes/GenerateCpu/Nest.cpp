// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Loop nests over one domain. Without reductions: outer axes, then lanes along
// the innermost axis. With reductions over a set of axes: for each place of the
// kept axes, phases run over the reduced axes, each phase folding what the
// phases before made possible; a last one writes what has the whole domain's
// extents. Lanes run along the innermost axis whether it is kept (columns) or
// reduced (rows).
#include "passes/Elements/NestPlan.h"
#include "passes/FormKernels/FormKernels.h"
#include "passes/GenerateCpu/Generators.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {

class Nest {
public:
  Nest(Kernel &kernel)
      : kernel(kernel), emit(kernel.emit), plan(kernel.op), lanes(kernel.schedule.getLanes()), elements(emit, lanes) {
    elements.buffers = kernel.inputs;
  }

  void generate() {
    // What no loop index reaches is computed once, before the loops.
    for (Operation &op : kernel.body()) {
      bool scalar = op.getNumResults() == 1 && plan.levelOf.lookup(&op) == 0 &&
                    llvm::all_of(emit.dims.of(op.getResult(0)), [](const DimExpr &d) { return d == DimExpr(1); });
      if (scalar && !plan.domain.empty())
        elements.at(op.getResult(0), Place(emit.dims.of(op.getResult(0)).size(), Ix{emit.zero(), 0}));
    }
    if (plan.domain.empty()) {
      elements.storeAll(kernel, {}, [](Value) { return true; });
      return;
    }
    outerLoops();
  }

private:
  /// Kept axes but the lanes' one, as one parallel loop over grains of places.
  void outerLoops() {
    SmallVector<int64_t> axes;
    DimVector extents;
    int64_t last = plan.domain.size() - 1;
    for (int64_t axis = 0; axis < last; ++axis)
      if (!plan.folds(axis)) {
        axes.push_back(axis);
        extents.push_back(plan.domain[axis]);
      }
    Value places = emit.extent(product(extents));
    int64_t grain = kernel.schedule.getGrain();
    Place place(plan.domain.size(), Ix{emit.zero(), 0});
    bool laneLoop = !plan.lanesReduced();
    if (axes.empty() && laneLoop) { // lanes are all there is: split them
      Value length = emit.extent(plan.domain[last]);
      emit.parallel(emit.ceilDiv(length, grain), [&](Value task, Value worker) {
        Value low = emit.mul(task, grain), high = emit.min(emit.add(low, grain), length);
        lanesFrom(low, high, place, worker);
      });
      return;
    }
    emit.parallel(emit.ceilDiv(places, grain), [&](Value task, Value worker) {
      Value low = emit.mul(task, grain), high = emit.min(emit.add(low, grain), places);
      emit.loop(low, high, 1, [&](Value number) {
        elements.pushScope();
        SmallVector<Value> index = emit.split(number, extents);
        for (auto [axis, value] : llvm::zip(axes, index))
          place[axis].at = value;
        if (laneLoop)
          lanesFrom(emit.zero(), emit.extent(plan.domain[last]), place, worker);
        else
          phases(place, worker);
        elements.popScope();
      });
    });
  }

  /// Vectors along the innermost, kept axis from `low` to `high`; the last one masked.
  void lanesFrom(Value low, Value high, Place place, Value worker) {
    inLanes(low, high, [&](Value at) {
      place.back() = {at, lanes == 1 ? 0 : 1};
      phases(place, worker);
    });
  }

  /// Calls `body` for full vectors, then once more under a mask if some lanes remain.
  void inLanes(Value low, Value high, const std::function<void(Value)> &body) {
    Value length = emit.sub(high, low), whole = emit.sub(length, emit.rem(length, emit.index(lanes)));
    Value end = emit.add(low, whole);
    emit.loop(low, end, lanes, [&](Value at) {
      elements.pushScope();
      body(at);
      elements.popScope();
    });
    emit.when(emit.less(end, high), [&] {
      elements.pushScope();
      elements.mask = emit.maskFor(emit.sub(high, end), lanes);
      body(end);
      elements.mask = {};
      elements.popScope();
    });
  }

  /// Everything at one place of the kept axes.
  void phases(Place place, Value worker) {
    if (plan.phases.empty())
      return writeAt(place);
    for (auto [number, phase] : llvm::enumerate(plan.phases)) {
      elements.pushScope();
      SmallVector<Value> totals = fold(phase, number, place, worker);
      elements.popScope();
      Place result(place);
      for (int64_t axis : plan.reduced)
        result[axis] = {emit.zero(), 0};
      for (auto [op, total] : llvm::zip(phase, totals))
        elements.preset(op->getResult(0), Elements::suffix(result, emit.dims.of(op->getResult(0)).size()),
                        {total, plan.lanesReduced() || lanes == 1});
    }
    // Folded results once; then what has the whole domain's extents.
    Place result(place);
    for (int64_t axis : plan.reduced)
      result[axis] = {emit.zero(), 0};
    elements.storeAll(kernel, result, [&](Value value) { return !isWhole(value); });
    bool anyWhole = llvm::any_of(kernel.yields(), [&](Value value) { return isWhole(value); });
    if (anyWhole)
      overReduced(place, {}, [&](const Place &at, ValueRange) {
        readKept(at, worker, plan.phases.size());
        writeAt(at);
        return SmallVector<Value>();
      });
  }

  bool isWhole(Value value) { return plan.reduced.empty() || emit.dims.of(value) == ArrayRef<DimExpr>(plan.domain); }

  void writeAt(const Place &place) {
    elements.storeAll(kernel, place, [&](Value value) { return isWhole(value); });
  }

  /// Loops over the reduced axes with carried values; lanes along the innermost if it is reduced.
  SmallVector<Value> overReduced(Place place, ValueRange inits,
                                 const std::function<SmallVector<Value>(const Place &, ValueRange)> &body,
                                 size_t next = 0) {
    if (next == plan.reduced.size())
      return body(place, inits);
    int64_t axis = plan.reduced[next];
    bool isLane = axis == static_cast<int64_t>(plan.domain.size()) - 1;
    Value length = emit.extent(plan.domain[axis]);
    if (!isLane || lanes == 1)
      return emit.loop(emit.zero(), length, 1, inits, [&](Value i, ValueRange carried) {
        elements.pushScope();
        place[axis] = {i, 0};
        SmallVector<Value> result = overReduced(place, carried, body, next + 1);
        elements.popScope();
        return result;
      });
    Value end = emit.sub(length, emit.rem(length, emit.index(lanes)));
    SmallVector<Value> values = emit.loop(emit.zero(), end, lanes, inits, [&](Value at, ValueRange carried) {
      elements.pushScope();
      place[axis] = {at, 1};
      SmallVector<Value> result = body(place, carried);
      elements.popScope();
      return result;
    });
    if (emit.known(emit.less(end, length)) == 0)
      return values;
    // The rest under a mask; a mask of no lanes changes nothing.
    elements.pushScope();
    elements.mask = emit.maskFor(emit.sub(length, end), lanes);
    place[axis] = {end, 1};
    values = body(place, values);
    elements.mask = {};
    elements.popScope();
    return values;
  }

  /// One phase: every reduction of it in one pass.
  SmallVector<Value> fold(ArrayRef<Operation *> phase, unsigned number, Place place, Value worker) {
    bool vectors = lanes > 1;
    SmallVector<Value> inits;
    for (Operation *op : phase) {
      Type type = emit.computed(elementTypeOf(op->getResult(0)));
      inits.push_back(emitIdentity(emit, op, vectors ? Type(emit.vectorOf(type, lanes)) : type));
    }
    SmallVector<Value> totals = overReduced(place, inits, [&](const Place &at, ValueRange carried) {
      readKept(at, worker, number);
      SmallVector<Value> next;
      for (auto [op, total, init] : llvm::zip(phase, carried, inits)) {
        Value operand = op->getOperand(0);
        Lanes lane = elements.at(operand, Elements::suffix(at, emit.dims.of(operand).size()));
        Value value = vectors ? emit.splat(lane.value, lanes) : lane.value;
        if (elements.mask && plan.lanesReduced())
          value = emit.create<arith::SelectOp>(elements.mask, value, init);
        next.push_back(emitCombine(emit, op, total, value));
      }
      writeKept(at, worker, number);
      return next;
    });
    if (vectors && plan.lanesReduced())
      for (auto [op, total] : llvm::zip(phase, totals))
        total = acrossLanes(op, total);
    return totals;
  }

  /// A tree over the lanes: a fixed order, the same on every run.
  Value acrossLanes(Operation *op, Value vector) {
    for (int64_t width = lanes / 2; width >= 1; width /= 2) {
      SmallVector<int64_t> low, high;
      for (int64_t i = 0; i < width; ++i) {
        low.push_back(i);
        high.push_back(i + width);
      }
      vector = emitCombine(emit, op, emit.create<vector::ShuffleOp>(vector, vector, low),
                           emit.create<vector::ShuffleOp>(vector, vector, high));
    }
    return emit.create<vector::ExtractOp>(vector, 0);
  }

  //===-- Expensive values kept in scratch, row by row --------------------===//

  Buffer keptBuffer(unsigned slot, Value worker) {
    DimExpr row = plan.rowLength(), bytes = row * DimExpr(8) + 64;
    return kernel.scratchFor(worker, bytes * DimExpr(slot), emit.computed(elementTypeOf(plan.kept[slot]->getResult(0))),
                             {row});
  }
  Value rowIndex(const Place &at) {
    Value total = emit.zero();
    for (int64_t axis : plan.reduced)
      total = emit.add(emit.mul(total, emit.extent(plan.domain[axis])), at[axis].at);
    return total;
  }
  bool keeps() const { return plan.lanesReduced() && lanes > 1; }
  unsigned firstUse(Operation *op) {
    unsigned first = plan.phases.size();
    llvm::DenseSet<Operation *> seen;
    SmallVector<Operation *> work{op};
    while (!work.empty())
      for (Operation *user : work.pop_back_val()->getUsers()) {
        if (partOf(user) == Part::Reduce)
          first = std::min(first, plan.levelOf[user] - 1);
        else if (!isa<YieldOp>(user) && seen.insert(user).second)
          work.push_back(user);
      }
    return first;
  }
  void readKept(const Place &at, Value worker, unsigned phase) {
    if (!keeps())
      return;
    for (auto [slot, op] : llvm::enumerate(plan.kept))
      if (firstUse(op) < phase)
        elements.preset(op->getResult(0), Elements::suffix(at, emit.dims.of(op->getResult(0)).size()),
                        {emit.loadAt(keptBuffer(slot, worker), rowIndex(at), lanes, elements.mask), false});
  }
  void writeKept(const Place &at, Value worker, unsigned phase) {
    if (!keeps())
      return;
    for (auto [slot, op] : llvm::enumerate(plan.kept))
      if (firstUse(op) == phase) {
        Lanes value = elements.at(op->getResult(0), Elements::suffix(at, emit.dims.of(op->getResult(0)).size()));
        emit.storeAt(keptBuffer(slot, worker), rowIndex(at), emit.splat(value.value, lanes), lanes, elements.mask);
      }
  }

  Kernel &kernel;
  Emitter &emit;
  NestPlan plan;
  int64_t lanes;
  Elements elements;
};

} // namespace

DimExpr dlc::nestScratch(KernelOp kernel) {
  NestPlan plan(kernel);
  if (plan.kept.empty() || !plan.lanesReduced())
    return DimExpr(0);
  return (plan.rowLength() * DimExpr(8) + 64) * DimExpr(plan.kept.size());
}

void dlc::generateNest(Kernel &kernel) { Nest(kernel).generate(); }
