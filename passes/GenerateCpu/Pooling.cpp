// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pooling and its gradients over channels-last images; lanes run along the
// channels. Gradients are written element by element of the input: each element
// sums over the windows that meet it, in row-major order, so results do not
// depend on threads and nothing has to be zeroed first.
#include "passes/GenerateCpu/Windows.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
class Pooling {
public:
  Pooling(Kernel &kernel, Operation *op)
      : kernel(kernel), emit(kernel.emit), op(op), lanes(kernel.schedule.getLanes()), elements(emit, lanes) {
    elements.buffers = kernel.inputs;
    type = emit.computed(elementTypeOf(op->getResult(0)));
    bool gradient = isa<MaxPoolGradOp, SumPoolGradOp>(op);
    Value large = isa<SumPoolGradOp>(op) ? op->getResult(0) : op->getOperand(0);
    Value small = gradient ? op->getOperand(op->getNumOperands() - 1) : op->getResult(0);
    rank = emit.dims.of(large).size();
    samples = emit.dims.of(large).front();
    channels = emit.dims.of(large).back();
    auto attribute = [&](StringRef name, int64_t i) { return op->getAttrOfType<DenseI64ArrayAttr>(name)[i]; };
    for (int64_t i = 5 - rank; i < 3; ++i) {
      int64_t own = i - (5 - rank);
      axes[i].source = emit.dims.of(large)[own + 1];
      axes[i].output = emit.dims.of(small)[own + 1];
      axes[i].window = attribute("window", own);
      axes[i].low = attribute("low", own);
      axes[i].high = attribute("high", own);
      axes[i].stride = attribute("strides", own);
    }
    padded = llvm::any_of(axes, [](const WindowAxis &axis) { return !axis.inPlace(); });
    for (const WindowAxis &axis : axes)
      overlaps |= axis.window.constant() > axis.stride;
  }

  void generate() {
    if (isa<MaxPoolGradOp>(op) && !padded && !overlaps)
      return spread();
    if (isa<MaxPoolGradOp>(op)) {
      // Which element of each window is the largest is found once.
      DimVector dims{samples, axes[0].output, axes[1].output, axes[2].output, channels};
      kernel.sharedBytes = lines(product(dims) * DimExpr(4));
      taps = kernel.scratchFor({}, 0, emit.b.getI32Type(), dims);
      forWindows([&](Value n, ArrayRef<Value> window, Value c) {
        Value tap = largest(n, window, c)[1];
        emit.store(taps, {{n, 0}, {window[0], 0}, {window[1], 0}, {window[2], 0}, channel(c)}, {tap, lanes == 1}, lanes,
                   elements.mask);
      });
    }
    if (isa<MaxPoolGradOp, SumPoolGradOp>(op))
      return collect();
    forWindows([&](Value n, ArrayRef<Value> window, Value c) {
      Value result = isa<SumPoolOp>(op) ? sum(n, window, c) : largest(n, window, c)[isa<MaxPoolOp>(op) ? 0 : 2];
      finish(n, window, c, result);
    });
  }

private:
  Ix channel(Value c) { return {c, lanes > 1 ? 1 : 0}; }
  Type vectorType(Type element) { return lanes > 1 ? Type(emit.vectorOf(element, lanes)) : element; }
  Value constant(Type element, double value) { return emit.constantOf(vectorType(element), value); }
  Value read(Value value, Value n, ArrayRef<Value> where, Value c) {
    elements.pushScope();
    Lanes read = elements.at(value, imagePlace(rank, n, where, channel(c)));
    elements.popScope();
    return lanes > 1 ? emit.splat(read.value, lanes) : read.value;
  }
  /// The root's result at a place: computes the epilogue and stores.
  void finish(Value n, ArrayRef<Value> where, Value c, Value value) {
    elements.pushScope();
    Place place = imagePlace(rank, n, where, channel(c));
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

  using Carry = SmallVector<Value>;
  /// Folds the elements of a window in row-major order: `body(carry, element's
  /// place, its number in the window)`. Padding is left out.
  Carry foldWindow(ArrayRef<Value> window, Carry carry,
                   const std::function<Carry(Carry, ArrayRef<Value>, Value)> &body) {
    int64_t count = 1;
    for (const WindowAxis &axis : axes)
      count *= axis.window.constant();
    bool unrolled = !padded && count <= 16;
    std::function<Carry(size_t, Carry, SmallVector<Value>, Value)> nest =
        [&](size_t i, Carry carry, SmallVector<Value> at, Value tap) -> Carry {
      if (i == 3)
        return body(carry, at, tap);
      const WindowAxis &axis = axes[i];
      Value first = emit.sub(emit.mul(window[i], axis.stride), emit.extent(axis.low)); // may be negative
      auto step = [&](Value k, Carry carry) {
        SmallVector<Value> next(at);
        next.push_back(emit.add(first, k));
        return nest(i + 1, carry, next, emit.add(emit.mul(tap, emit.extent(axis.window)), k));
      };
      if (unrolled) {
        for (int64_t k = 0; k < axis.window.constant(); ++k)
          carry = step(emit.index(k), carry);
        return carry;
      }
      auto [low, high] = insideOf(axis, first);
      return emit.loop(low, high, 1, carry,
                       [&](Value k, ValueRange carried) { return step(k, Carry(carried.begin(), carried.end())); });
    };
    return nest(0, carry, {}, emit.zero());
  }
  /// The places of a window that lie inside the source.
  std::pair<Value, Value> insideOf(const WindowAxis &axis, Value first) {
    Value size = emit.extent(axis.window);
    if (axis.inPlace())
      return {emit.zero(), size};
    return {emit.max(emit.sub(emit.zero(), first), emit.zero()),
            emit.min(size, emit.sub(emit.extent(axis.source), first))};
  }
  /// A number in the window as lanes.
  Value tapLanes(Value tap) {
    Value number = emit.create<arith::IndexCastOp>(emit.b.getI32Type(), tap);
    return lanes > 1 ? emit.splat(number, lanes) : number;
  }

  Value sum(Value n, ArrayRef<Value> window, Value c) {
    return foldWindow(window, {constant(type, 0)}, [&](Carry carry, ArrayRef<Value> at, Value) {
      return Carry{emit.create<arith::AddFOp>(carry[0], read(op->getOperand(0), n, at, c))};
    })[0];
  }

  /// The first largest element, its number in the window, and (max_pool_pick)
  /// the other operand's element there. NaN is larger than anything but NaN.
  Carry largest(Value n, ArrayRef<Value> window, Value c) {
    // Before the first element: its number, and what no element falls below.
    Value firstTap = emit.zero();
    for (auto [axis, at] : llvm::zip(axes, window))
      firstTap = emit.add(emit.mul(firstTap, emit.extent(axis.window)),
                          insideOf(axis, emit.sub(emit.mul(at, axis.stride), emit.extent(axis.low))).first);
    bool picks = isa<MaxPoolPickOp>(op), wantsTap = isa<MaxPoolGradOp>(op);
    Carry start{constant(type, -std::numeric_limits<double>::infinity())};
    start.push_back(wantsTap ? tapLanes(firstTap) : start[0]);
    if (picks) {
      SmallVector<Value> first;
      for (auto [axis, at] : llvm::zip(axes, window)) {
        Value begin = emit.sub(emit.mul(at, axis.stride), emit.extent(axis.low));
        first.push_back(emit.add(begin, insideOf(axis, begin).first));
      }
      start.push_back(read(op->getOperand(1), n, first, c));
    }
    return foldWindow(window, start, [&](Carry carry, ArrayRef<Value> at, Value tap) {
      Value x = read(op->getOperand(0), n, at, c), best = carry[0];
      Value greater = emit.create<arith::CmpFOp>(arith::CmpFPredicate::UGT, x, best);
      Value isNumber = emit.create<arith::CmpFOp>(arith::CmpFPredicate::ORD, best, best);
      Value larger = emit.create<arith::AndIOp>(greater, isNumber);
      Carry next{emit.create<arith::SelectOp>(larger, x, best)};
      next.push_back(wantsTap ? Value(emit.create<arith::SelectOp>(larger, tapLanes(tap), carry[1])) : next[0]);
      if (picks)
        next.push_back(emit.create<arith::SelectOp>(larger, read(op->getOperand(1), n, at, c), carry[2]));
      return next;
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
          Value tap = largest(n, window, c)[1], dy = read(op->getOperand(1), n, window, c);
          foldWindow(window, {}, [&](Carry, ArrayRef<Value> at, Value number) {
            finish(n, at, c, emit.create<arith::SelectOp>(equals(tap, tapLanes(number)), dy, constant(type, 0)));
            return Carry();
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
            auto zeros = [&] { forChannels([&](Value c) { finish(n, {d, h, w}, c, constant(type, 0)); }); };
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
    bool largestOnly = isa<MaxPoolGradOp>(op);
    Value cotangent = op->getOperand(op->getNumOperands() - 1);
    forRows(axes[0].source, axes[1].source, [&](Value n, Value depth, Value height) {
      emit.loop(emit.zero(), emit.extent(axes[2].source), 1, [&](Value w) {
        forChannels([&](Value c) {
          SmallVector<Value> at{depth, height, w};
          std::function<Carry(size_t, Carry, SmallVector<Value>, Value)> nest =
              [&](size_t i, Carry carry, SmallVector<Value> window, Value tap) -> Carry {
            if (i == 3) {
              Value dy = read(cotangent, n, window, c);
              if (largestOnly) {
                Value chosen = emit.load(taps, {{n, 0}, {window[0], 0}, {window[1], 0}, {window[2], 0}, channel(c)},
                                         lanes, elements.mask)
                                   .value;
                dy = emit.create<arith::SelectOp>(equals(chosen, tapLanes(tap)), dy, constant(type, 0));
              }
              return {emit.create<arith::AddFOp>(carry[0], dy)};
            }
            // Windows p with p stride - low <= at < p stride - low + window.
            const WindowAxis &axis = axes[i];
            Value shifted = emit.add(at[i], emit.extent(axis.low));
            Value reach = emit.max(emit.add(shifted, axis.stride - axis.window.constant()), emit.zero());
            Value low = emit.div(reach, emit.index(axis.stride));
            Value high = emit.min(emit.add(emit.div(shifted, emit.index(axis.stride)), 1), emit.extent(axis.output));
            return emit.loop(low, high, 1, carry, [&](Value p, ValueRange carried) {
              SmallVector<Value> next(window);
              next.push_back(p);
              Value k = emit.sub(shifted, emit.mul(p, axis.stride));
              return nest(i + 1, Carry(carried.begin(), carried.end()), next,
                          emit.add(emit.mul(tap, emit.extent(axis.window)), k));
            });
          };
          finish(n, at, c, nest(0, {constant(type, 0)}, {}, emit.zero())[0]);
        });
      });
    });
  }

  Kernel &kernel;
  Emitter &emit;
  Operation *op;
  int64_t lanes, rank;
  Elements elements;
  WindowAxes axes;
  DimExpr samples, channels;
  bool padded = false, overlaps = false;
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
