// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pooling and its gradients over channels-last images; lanes run along the
// channels. Gradients are written element by element of the input: each element
// sums over the windows that meet it, in row-major order, so results do not
// depend on threads and nothing has to be zeroed first.
#include "passes/Elements/PoolWindow.h"
#include "passes/GenerateCpu/Generators.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
class Pooling {
public:
  Pooling(Kernel &kernel, Operation *op)
      : kernel(kernel), emit(kernel.emit), op(op), lanes(kernel.schedule.getLanes()), elements(emit, lanes),
        pool(elements, op), axes(pool.axes), samples(pool.samples), channels(pool.channels), rank(pool.rank) {
    elements.buffers = kernel.inputs;
    type = emit.computed(elementTypeOf(op->getResult(0)));
  }

  void generate() {
    if (isa<MaxPoolGradOp>(op) && !pool.padded && !pool.overlaps)
      return spread();
    if (isa<MaxPoolGradOp>(op)) {
      // Which element of each window is the largest is found once.
      DimVector dims{samples, axes[0].output, axes[1].output, axes[2].output, channels};
      kernel.sharedBytes = lines(product(dims) * DimExpr(4));
      taps = kernel.scratchFor({}, 0, emit.b.getI32Type(), dims);
      forWindows([&](Value n, ArrayRef<Value> window, Value c) {
        Value tap = pool.largestTap(n, window, c);
        emit.store(taps, {{n, 0}, {window[0], 0}, {window[1], 0}, {window[2], 0}, pool.channel(c)}, {tap, lanes == 1},
                   lanes, elements.mask);
      });
    }
    if (isa<MaxPoolGradOp, SumPoolGradOp>(op))
      return collect();
    forWindows([&](Value n, ArrayRef<Value> window, Value c) { finish(n, window, c, pool.result(n, window, c)); });
  }

private:
  /// The root's result at a place: computes the epilogue and stores.
  void finish(Value n, ArrayRef<Value> where, Value c, Value value) {
    elements.pushScope();
    Place place = imagePlace(rank, n, where, pool.channel(c));
    elements.preset(op->getResult(0), place, {value, lanes == 1});
    elements.storeAll(kernel, place, [](Value) { return true; });
    elements.popScope();
  }

  /// Calls `body` for each vector of channels, its mask set.
  void forChannels(const std::function<void(Value)> &body) {
    Value count = emit.extent(channels), whole = emit.sub(count, emit.rem(count, emit.index(lanes)));
    emit.loop(emit.zero(), whole, lanes, [&](Value c) { body(c); });
    if (lanes == 1 || emit.known(emit.sub(count, whole)) == 0)
      return;
    emit.when(emit.less(whole, count), [&] {
      elements.mask = emit.maskFor(emit.sub(count, whole), lanes);
      body(whole);
      elements.mask = {};
    });
  }
  /// All rows of an image-shaped domain, shared among tasks.
  void forRows(const DimExpr &depth, const DimExpr &height, const std::function<void(Value, Value, Value)> &body) {
    DimVector dims{samples, depth, height};
    int64_t grain = kernel.schedule.getGrain();
    Value total = emit.extent(product(dims));
    emit.parallel(emit.ceilDiv(total, grain), [&](Value task, Value) {
      Value low = emit.mul(task, grain), high = emit.min(emit.add(low, grain), total);
      emit.loop(low, high, 1, [&](Value row) {
        SmallVector<Value> at = emit.split(row, dims);
        body(at[0], at[1], at[2]);
      });
    });
  }
  void forWindows(const std::function<void(Value, ArrayRef<Value>, Value)> &body) {
    forRows(axes[0].output, axes[1].output, [&](Value n, Value depth, Value height) {
      emit.loop(emit.zero(), emit.extent(axes[2].output), 1,
                [&](Value w) { forChannels([&](Value c) { body(n, {depth, height, w}, c); }); });
    });
  }

  Value equals(Value a, Value b) { return emit.create<arith::CmpIOp>(arith::CmpIPredicate::eq, a, b); }

  /// max_pool_grad where no two windows meet and none leaves the image: each
  /// window writes its own elements, its neighbourhood up to the next window zeros.
  void spread() {
    forRows(axes[0].output, axes[1].output, [&](Value n, Value depth, Value height) {
      emit.loop(emit.zero(), emit.extent(axes[2].output), 1, [&](Value w) {
        forChannels([&](Value c) {
          SmallVector<Value> window{depth, height, w};
          Value chosen = pool.largestTap(n, window, c), dy = pool.read(op->getOperand(1), n, window, c);
          pool.foldWindow(window, {}, [&](PoolWindow::Carry, PoolWindow::Tap tap) {
            Value isIt = equals(chosen, pool.tapLanes(tap.number));
            finish(n, tap.at, c, emit.create<arith::SelectOp>(isIt, dy, pool.constant(type, 0)));
            return PoolWindow::Carry();
          });
        });
      });
      auto owned = [&](const WindowAxis &axis, Value at) {
        Value low = emit.mul(at, axis.stride), next = emit.add(at, 1);
        Value isLast = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::eq, next, emit.extent(axis.output));
        return std::pair<Value, Value>(
            low, emit.fold<arith::SelectOp>(isLast, emit.extent(axis.source), emit.mul(next, axis.stride)));
      };
      auto [dLow, dHigh] = owned(axes[0], depth);
      auto [hLow, hHigh] = owned(axes[1], height);
      bool gaps = axes[2].window != DimExpr(axes[2].stride);
      Value covered = emit.mul(emit.extent(axes[2].output), axes[2].stride), width = emit.extent(axes[2].source);
      emit.loop(dLow, dHigh, 1, [&, dLow = dLow, hLow = hLow, hHigh = hHigh](Value d) {
        emit.loop(hLow, hHigh, 1, [&](Value h) {
          Value inWindows = emit.fold<arith::AndIOp>(emit.less(d, emit.add(dLow, emit.extent(axes[0].window))),
                                                     emit.less(h, emit.add(hLow, emit.extent(axes[1].window))));
          Value from = gaps ? emit.zero() : emit.fold<arith::SelectOp>(inWindows, covered, emit.zero());
          emit.loop(from, width, 1, [&](Value w) {
            auto zeros = [&] { forChannels([&](Value c) { finish(n, {d, h, w}, c, pool.constant(type, 0)); }); };
            if (!gaps)
              return zeros();
            Value inColumn = emit.fold<arith::AndIOp>(
                emit.less(w, covered), emit.less(emit.rem(w, emit.index(axes[2].stride)), emit.extent(axes[2].window)));
            emit.when(emit.fold<arith::AndIOp>(inWindows, inColumn), [] {}, zeros);
          });
        });
      });
    });
  }

  /// Each element of the input: the sum over the windows that meet it.
  void collect() {
    forRows(axes[0].source, axes[1].source, [&](Value n, Value depth, Value height) {
      emit.loop(emit.zero(), emit.extent(axes[2].source), 1, [&](Value w) {
        forChannels([&](Value c) {
          SmallVector<Value> at{depth, height, w};
          finish(n, at, c, pool.gradient(n, at, c, [&](ArrayRef<Value> window) {
            return emit
                .load(taps, {{n, 0}, {window[0], 0}, {window[1], 0}, {window[2], 0}, pool.channel(c)}, lanes,
                      elements.mask)
                .value;
          }));
        });
      });
    });
  }

  Kernel &kernel;
  Emitter &emit;
  Operation *op;
  int64_t lanes;
  Elements elements;
  PoolWindow pool;
  WindowAxes axes;
  DimExpr samples, channels;
  int64_t rank;
  Type type;
  Buffer taps;
};
} // namespace

LogicalResult dlc::generatePooling(Kernel &kernel, Operation *root) {
  if (!root->hasAttr("channels_last"))
    return root->emitOpError("has no channels_last: assign-layouts did not run");
  Pooling(kernel, root).generate();
  return success();
}
