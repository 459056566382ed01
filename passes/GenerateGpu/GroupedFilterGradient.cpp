// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The gradient of a convolution in groups of few channels towards its filter:
//
//   dw[k, c, o] = sum over p of x[p stride + k dilation - low, c of o's group] dy[p, o]
//
// A thread has a vector of channels o of `vectors` taps k, and reads dy once for
// all of them. `rows` threads of a block share pixels p, and add what they have in
// shared memory, tap by tap; where blocks would be few, pixels are cut into parts,
// whose sums a second launch adds, a vector for each thread.
#include "passes/GenerateGpu/GroupLanes.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
class GroupedFilterGradient : ConvShape {
public:
  GroupedFilterGradient(DeviceKernel &kernel, Operation *op)
      : ConvShape(kernel, op), lanes(kernel.schedule.getLanes()), share(kernel.schedule.getRows()),
        held(kernel.schedule.getVectors()), parts(kernel.schedule.getParts()), elements(emit, lanes) {
    elements.buffers = kernel.inputs;
    Type element = emit.computed(elementTypeOf(result));
    type = lanes > 1 ? Type(emit.vectorOf(element, lanes)) : element;
    vectors = w.back().ceilDiv(lanes);
    if (parts > 1) {
      kernel.steps = 2;
      sums = kernel.scratchFor(element, {DimExpr(parts), taps, in, w.back()});
    }
  }

  void generate() { kernel.addsParts() ? addParts() : makeSums(); }

private:
  using Values = SmallVector<Value>;

  void makeSums() {
    // Threads of one number within the block's columns share a place: a vector of channels, and taps.
    DimVector units{taps.ceilDiv(held), in, vectors};
    int64_t perBlock = kernel.threads() / share;
    DimExpr places = product(units), blocks = places.ceilDiv(perBlock), cuts(parts);
    kernel.grid = cuts * blocks;
    constexpr int64_t many = 64; // registers of sums
    kernel.residentBlocks = held * lanes * llvm::divideCeil(sumBits(), 32) < many ? 2 : 1;
    Values block = emit.split(emit.block(), {cuts, blocks});
    Value thread = emit.thread(), member = emit.div(thread, emit.index(perBlock)), limit = emit.extent(places);
    Value number = emit.add(emit.mul(block[1], perBlock), emit.rem(thread, emit.index(perBlock)));
    Value isPlace = emit.less(number, limit); // past the end: the last place again, which is not stored
    Values at = emit.split(emit.min(number, emit.add(limit, -1)), units);
    channel = at[1];
    Value first = emit.mul(at[0], held), firstOut = emit.mul(at[2], lanes);
    channels.emplace(elements, out.constant(), firstOut);
    SmallVector<Values> ownTaps;
    for (int64_t i = 0; i < held; ++i)
      ownTaps.push_back(emit.split(emit.min(emit.add(first, i), emit.add(emit.extent(taps), -1)), windowDims()));

    Value end = emit.extent(pixels), each = emit.ceilDiv(end, parts), begin = emit.mul(block[0], each);
    Values totals = emit.loop(emit.add(begin, member), emit.min(end, emit.add(begin, each)), share,
                              Values(held, emit.zeroOf(type)), [&](Value pixel, ValueRange carried) {
                                elements.pushScope();
                                Values next = addPixel(pixel, ownTaps, Values(carried));
                                elements.popScope();
                                return next;
                              });
    for (int64_t i = 0; i < held; ++i) {
      Buffer all = emit.exchange(totals[i]);
      Value tap = emit.add(first, i), isOwn = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::eq, member,
                                                                       emit.index(i % share)); // turn by turn
      isOwn = emit.fold<arith::AndIOp>(emit.fold<arith::AndIOp>(isOwn, isPlace), emit.less(tap, emit.extent(taps)));
      emit.when(isOwn, [&] {
        Value total;
        for (int64_t j = 0; j < share; ++j) {
          Value from = emit.add(emit.rem(thread, emit.index(perBlock)), j * perBlock);
          Value other = emit.loadAt(all, emit.mul(from, lanes), lanes, {});
          total = total ? Value(emit.create<arith::AddFOp>(total, other)) : other;
        }
        if (parts > 1)
          emit.storeAt(sums, sumAt(block[0], tap, firstOut), total, lanes, {});
        else
          finish(tap, total);
      });
    }
  }

  Values addPixel(Value pixel, ArrayRef<Values> ownTaps, Values sums) {
    Values p = emit.split(pixel, pixelDims());
    Value dy = channels->read(op->getOperand(1),
                              [&](const Ix &c) { return imagePlace(rank, p[0], ArrayRef(p).drop_front(), c); });
    for (auto [tap, sum] : llvm::zip(ownTaps, sums))
      sum = emit.create<math::FmaOp>(imageAt(p, tap), dy, sum);
    return sums;
  }

  /// C5: padding is zeros that are multiplied. The element that is read there is the nearest.
  Value imageAt(ArrayRef<Value> pixel, ArrayRef<Value> tap) {
    Values at;
    Value inside;
    for (auto [i, axis] : llvm::enumerate(axes)) {
      Value moved = emit.sub(emit.mul(tap[i], axis.dilation), emit.extent(axis.low));
      Value index = emit.add(emit.mul(pixel[i + 1], axis.stride), moved), source = emit.extent(axis.source);
      if (!axis.inPlace()) {
        Value here = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::ult, index, source);
        inside = inside ? emit.fold<arith::AndIOp>(inside, here) : here;
        index = emit.max(emit.min(index, emit.add(source, -1)), emit.zero());
      }
      at.push_back(index);
    }
    Value x = channels->read(op->getOperand(0), [&](const Ix &c) {
      Ix own = channels->channelOf(channels->groupOf(c), in.constant(), 0);
      own.at = emit.add(own.at, channel);
      return imagePlace(rank, pixel[0], at, own);
    });
    return inside ? Value(emit.create<arith::SelectOp>(inside, x, emit.zeroOf(type))) : x;
  }

  void addParts() {
    DimVector units{taps, in, vectors};
    DimExpr count = product(units);
    kernel.grid = count.ceilDiv(kernel.threads());
    Value number = emit.add(emit.mul(emit.block(), kernel.threads()), emit.thread());
    emit.when(emit.less(number, emit.extent(count)), [&] {
      Values at = emit.split(number, units);
      channel = at[1];
      Value firstOut = emit.mul(at[2], lanes);
      channels.emplace(elements, out.constant(), firstOut);
      Value total =
          emit.loop(emit.zero(), emit.index(parts), 1, {emit.zeroOf(type)}, [&](Value part, ValueRange carried) {
            Value next = emit.loadAt(sums, sumAt(part, at[0], firstOut), lanes, {});
            return Values{emit.create<arith::AddFOp>(carried[0], next)};
          })[0];
      finish(at[0], total);
    });
  }

  Value sumAt(Value part, Value tap, Value firstOut) {
    return emit.linear(sums.dims, Place{{part, 0}, {tap, 0}, {channel, 0}, {firstOut, 0}});
  }

  int64_t sumBits() { return getElementTypeOrSelf(type).getIntOrFloatBitWidth(); }
  DimVector windowDims() { return {axes[0].window, axes[1].window, axes[2].window}; }

  void finish(Value tap, Value total) {
    elements.pushScope();
    Place place;
    for (Value index : ArrayRef(emit.split(tap, windowDims())).take_back(rank - 2))
      place.push_back({index, 0});
    place.push_back({channel, 0});
    place.push_back(channels->channels());
    elements.preset(result, place, {total, lanes == 1});
    elements.storeAll(kernel, place, [](Value) { return true; });
    elements.popScope();
  }

  int64_t lanes, share, held, parts;
  Elements elements;
  Type type; // of a sum
  DimExpr vectors;
  std::optional<GroupLanes> channels;
  Value channel; // of x, in its group
  Buffer sums;   // of parts, as dw
};
} // namespace

LogicalResult dlc::generateGroupedFilterGradient(DeviceKernel &kernel, Operation *root) {
  ConvShape shape(kernel, root);
  if (failed(checkGroups(kernel, shape, shape.w.back())))
    return failure();
  int64_t share = kernel.schedule.getRows(), held = kernel.schedule.getVectors();
  if (share < 1 || !llvm::isPowerOf2_64(share) || kernel.threads() % share)
    return kernel.op.emitOpError() << "schedule has " << share << " threads of " << kernel.threads()
                                   << " to a vector of channels: expected a power of two";
  constexpr int64_t most = 32;
  if (held < 1 || held > most || kernel.schedule.getParts() < 1)
    return kernel.op.emitOpError() << "schedule has " << held << " taps of a thread and " << kernel.schedule.getParts()
                                   << " parts: expected 1 to " << most << ", and 1 at least";
  GroupedFilterGradient(kernel, root).generate();
  return success();
}
