// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Convolutions in groups of few channels, and their gradients towards the
// input: a product for each group would have next to no columns. A thread has a
// vector of channels at `rows` neighbouring places of the innermost axis, and
// reads each element of the image and each vector of the filter once for all.
//
// Where windows are known, and short, they are unrolled, and which element place r
// of a thread meets with tap k is a number:
//
//   y[p]:  p stride + k dilation - low,           p = u block + r
//   dx[i]: (i + low - k dilation) / stride,       i = u block + r, block a multiple of the stride
//
// the latter for taps without a remainder; there are no products with the zeros
// between elements of dy. Of longer windows, outer axes are loops.
#include "passes/GenerateGpu/GroupLanes.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
/// Products of a thread that are unrolled, and its places, at most: more take registers that ptxas has not.
constexpr int64_t mostProducts = 64, mostPlaces = 8;

class GroupedConvolution : ConvShape {
public:
  GroupedConvolution(DeviceKernel &kernel, Operation *op)
      : ConvShape(kernel, op), lanes(kernel.schedule.getLanes()), elements(emit, lanes) {
    elements.buffers = kernel.inputs;
    if (!setAxes(mostProducts))
      setAxes(mostProducts / 2); // loops take registers, too
  }

  void generate() {
    DimVector units{samples};
    for (Along &axis : along)
      units.push_back(axis.extent.ceilDiv(axis.block));
    units.push_back(emit.dims.of(result).back().ceilDiv(lanes));
    DimExpr count = product(units);
    kernel.grid = count.ceilDiv(kernel.threads());
    kernel.residentBlocks = kernel.threads() <= 128 ? 3 : 2;
    Value number = emit.add(emit.mul(emit.block(), kernel.threads()), emit.thread());
    emit.when(emit.less(number, emit.extent(count)), [&] {
      elements.pushScope();
      SmallVector<Value> at = emit.split(number, units);
      sample = at[0];
      for (int64_t i = 0; i < 3; ++i)
        along[i].unit = at[i + 1];
      channels.emplace(elements, (forward ? out : in).constant(), emit.mul(at[4], lanes));
      Type type = emit.computed(elementTypeOf(result));
      Values sums(along[0].block * along[1].block * along[2].block,
                  emit.zeroOf(lanes > 1 ? Type(emit.vectorOf(type, lanes)) : type));
      store(addTaps(0, {}, sums));
      elements.popScope();
    });
  }

private:
  using Values = SmallVector<Value>;
  /// An element that a tap meets, and whether it exists (null: always).
  struct Met {
    Value at, inside;
  };
  /// One axis.
  struct Along {
    DimExpr extent, source; // of the result, and of what is read
    int64_t block = 1;      // places of a thread
    bool isUnrolled = true;
    Value unit;                 // the thread's first place is block times this
    std::map<int64_t, Met> met; // by its distance from the first place's
  };
  /// One of a window's taps along an axis: a number, or in a loop.
  struct Tap {
    int64_t number;
    Value index; // null: a number
  };

  /// Blocks, and which axes are unrolled: all?
  bool setAxes(int64_t most) {
    bool isAll = true;
    int64_t unrolled = (forward ? in : out).constant(), places = 1;
    for (int64_t i = 2; i >= 0; --i) {
      const WindowAxis &axis = axes[i];
      Along &own = along[i] = {};
      own.extent = forward ? axis.output : axis.source;
      own.source = forward ? axis.source : axis.output;
      int64_t step = forward ? 1 : axis.stride; // dx in blocks of the stride has the same taps in each
      int64_t wanted = i == 2 ? kernel.schedule.getRows() : 1;
      int64_t block =
          std::max<int64_t>(1, std::min<int64_t>(mostPlaces / places / step, llvm::divideCeil(wanted, step))) * step;
      int64_t products = axis.window.isConstant() ? axis.window.constant() * (block / step) : most + 1;
      own.isUnrolled = unrolled * products <= most && places * block <= mostPlaces;
      isAll &= own.isUnrolled;
      if (!own.isUnrolled)
        continue;
      unrolled *= products;
      places *= block;
      own.block = block;
    }
    return isAll;
  }

  //===-- Which element a tap meets --------------------------------------===//

  /// From the element that the first place of a thread stands at to what place `r` meets with tap `k`, if anything.
  std::optional<int64_t> distance(const WindowAxis &axis, int64_t r, int64_t k) {
    int64_t low = axis.low.constant();
    if (forward)
      return r * axis.stride + k * axis.dilation - low;
    int64_t shifted = r + low - k * axis.dilation;
    return shifted % axis.stride ? std::nullopt : std::optional(shifted / axis.stride);
  }
  /// Clamped to the nearest element: loads stay together.
  Met clamped(Value at, Value inside, const DimExpr &source) {
    at = emit.max(emit.min(at, emit.add(emit.extent(source), -1)), emit.zero());
    return {at, emit.known(inside).value_or(0) ? Value() : inside};
  }
  Value below(Value index, const DimExpr &extent) { // below 0 is a huge unsigned number
    return emit.fold<arith::CmpIOp>(arith::CmpIPredicate::ult, index, emit.extent(extent));
  }
  const Met &meet(int64_t i, int64_t distance) {
    const WindowAxis &axis = axes[i];
    Along &own = along[i];
    auto [it, isNew] = own.met.insert({distance, {}});
    if (!isNew)
      return it->second;
    int64_t step = forward ? own.block * axis.stride : own.block / axis.stride;
    Value at = emit.add(emit.mul(own.unit, step), distance);
    bool isWhole = own.block == 1 || (own.extent.isConstant() && own.extent.constant() % own.block == 0);
    bool isOne = own.extent == DimExpr(1) && own.source == DimExpr(1) && distance == 0; // an axis that images lack
    bool isInside = isOne || (forward && axis.inPlace() && isWhole);
    it->second = isInside ? Met{at, {}} : clamped(at, below(at, own.source), own.source);
    return it->second;
  }
  /// Of a tap in a loop; a thread has one place there.
  Met meet(int64_t i, Value tap) {
    const WindowAxis &axis = axes[i];
    Along &own = along[i];
    Value moved = emit.mul(tap, axis.dilation), low = emit.extent(axis.low);
    if (forward) {
      Value at = emit.sub(emit.add(emit.mul(own.unit, axis.stride), moved), low);
      return clamped(at, below(at, own.source), own.source);
    }
    Value shifted = emit.sub(emit.add(own.unit, low), moved), stride = emit.index(axis.stride);
    Value inside = below(shifted, own.source * DimExpr(axis.stride));
    if (axis.stride == 1)
      return clamped(shifted, inside, own.source);
    Value isElement = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::eq, emit.rem(shifted, stride), emit.zero());
    return clamped(emit.div(shifted, stride), emit.fold<arith::AndIOp>(inside, isElement), own.source);
  }

  //===-- Sums -----------------------------------------------------------===//

  Values addTaps(size_t i, SmallVector<Tap, 3> taps, Values sums) {
    if (i == axes.size())
      return addTap(taps, sums);
    auto with = [&](Tap tap, Values carried) {
      SmallVector<Tap, 3> next(taps);
      next.push_back(tap);
      return addTaps(i + 1, next, carried);
    };
    if (along[i].isUnrolled) {
      for (int64_t k = 0; k < axes[i].window.constant(); ++k)
        sums = with({k, {}}, sums);
      return sums;
    }
    return emit.loop(emit.zero(), emit.extent(axes[i].window), 1, sums, [&](Value k, ValueRange carried) {
      elements.pushScope();
      auto saved = std::pair(along, reads); // what is computed in the loop is known there alone
      Values next = with({0, k}, Values(carried));
      std::tie(along, reads) = saved;
      elements.popScope();
      return next;
    });
  }

  Values addTap(ArrayRef<Tap> taps, Values sums) {
    int64_t count = (forward ? in : out).constant(); // channels that are summed over
    DimVector blocks{along[0].block, along[1].block, along[2].block};
    for (int64_t channel = 0; channel < count; ++channel) {
      Value factor;
      for (auto [place, sum] : llvm::enumerate(sums)) {
        SmallVector<int64_t> key{channel};
        SmallVector<Met> met;
        int64_t rest = place, r[3];
        for (int64_t i = 2; i >= 0; --i, rest /= along[i + 1].block)
          r[i] = rest % along[i].block;
        for (int64_t i = 0; i < 3; ++i) {
          if (taps[i].index) {
            met.push_back(meet(i, taps[i].index));
            key.push_back(0);
          } else if (std::optional<int64_t> from = distance(axes[i], r[i], taps[i].number)) {
            met.push_back(meet(i, *from));
            key.push_back(*from);
          }
        }
        if (met.size() < 3)
          continue;
        if (!factor)
          factor = filterAt(taps, channel);
        sum = addProduct(sum, imageAt(key, met, channel), factor);
      }
    }
    return sums;
  }

  /// C5: padding is zeros that are multiplied; around and between elements of dy there is nothing.
  Value addProduct(Value sum, Met x, Value factor) {
    Value next = emit.create<math::FmaOp>(x.at, factor, sum);
    return x.inside && !forward ? Value(emit.create<arith::SelectOp>(x.inside, next, sum)) : next;
  }

  /// A vector of what is read at an element of each axis; zeros where there is none.
  Met imageAt(ArrayRef<int64_t> key, ArrayRef<Met> met, int64_t channel) {
    auto [it, isNew] = reads.insert({std::vector<int64_t>(key), {}});
    if (!isNew)
      return it->second;
    Value inside;
    SmallVector<Value> at;
    for (const Met &one : met) {
      at.push_back(one.at);
      if (one.inside)
        inside = inside ? emit.fold<arith::AndIOp>(inside, one.inside) : one.inside;
    }
    int64_t count = (forward ? in : out).constant();
    Value value = channels->read(op->getOperand(0), [&](const Ix &c) {
      return imagePlace(rank, sample, at, channels->channelOf(channels->groupOf(c), count, channel));
    });
    if (inside && forward)
      value = emit.create<arith::SelectOp>(inside, value, emit.zeroOf(value.getType()));
    return it->second = {value, inside};
  }

  Value filterAt(ArrayRef<Tap> taps, int64_t channel) {
    return channels->read(op->getOperand(1), [&](const Ix &c) {
      Place place;
      for (const Tap &tap : taps.take_back(rank - 2))
        place.push_back({tap.index ? tap.index : emit.index(tap.number), 0});
      place.push_back(forward ? Ix{emit.index(channel), 0} : channels->numberOf(c));
      place.push_back(forward ? c : channels->channelOf(channels->groupOf(c), out.constant(), channel));
      return place;
    });
  }

  void store(ArrayRef<Value> sums) {
    for (auto [number, sum] : llvm::enumerate(sums)) {
      int64_t rest = number;
      SmallVector<Value> where(3);
      Value inside;
      for (int64_t i = 2; i >= 0; --i) {
        const Along &own = along[i];
        where[i] = emit.add(emit.mul(own.unit, own.block), rest % own.block);
        rest /= own.block;
        if (own.block > 1 && !(own.extent.isConstant() && own.extent.constant() % own.block == 0)) {
          Value here = emit.less(where[i], emit.extent(own.extent));
          inside = inside ? emit.fold<arith::AndIOp>(inside, here) : here;
        }
      }
      auto one = [&] {
        elements.pushScope();
        Place place = imagePlace(rank, sample, where, channels->channels());
        elements.preset(result, place, {sum, lanes == 1});
        elements.storeAll(kernel, place, [](Value) { return true; });
        elements.popScope();
      };
      inside ? emit.when(inside, one) : one();
    }
  }

  int64_t lanes;
  Elements elements;
  std::optional<GroupLanes> channels;
  std::array<Along, 3> along;
  Value sample;
  std::map<std::vector<int64_t>, Met> reads; // by channel and distances
};
} // namespace

LogicalResult dlc::checkGroups(DeviceKernel &kernel, const ConvShape &shape, const DimExpr &channels) {
  int64_t lanes = kernel.schedule.getLanes();
  if (!shape.in.isConstant() || !shape.out.isConstant())
    return kernel.op.emitOpError("schedule has no tile: expected one, as channels of a group are not known");
  if (lanes < 1 || (lanes > 1 && !(channels.isConstant() && channels.constant() % lanes == 0)))
    return kernel.op.emitOpError() << "schedule has " << lanes << " lanes, which do not divide the channels, "
                                   << channels.str();
  return success();
}

LogicalResult dlc::generateGroupedConvolution(DeviceKernel &kernel, Operation *root) {
  if (failed(checkGroups(kernel, ConvShape(kernel, root), kernel.emit.dims.of(root->getResult(0)).back())))
    return failure();
  if (int64_t rows = kernel.schedule.getRows(); rows < 1 || rows > mostPlaces)
    return kernel.op.emitOpError() << "schedule has " << rows << " places of a thread: expected 1 to " << mostPlaces;
  if (kernel.schedule.getParts() != 1)
    return kernel.op.emitOpError("schedule cuts sums into ")
           << kernel.schedule.getParts() << " parts: expected 1 for a sum over a window";
  GroupedConvolution(kernel, root).generate();
  return success();
}
