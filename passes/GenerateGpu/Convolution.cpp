// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Convolutions over channels-last images as matrix products whose operands are
// gathered where they lie (implicit GEMM), a batch for each group of channels:
//
//   y[p, o]     = sum over (k, c) of x[p stride + k dilation - low, c] w[(k, c), o]
//   dx[i, c]    = sum over (k, o) of dy[(i + low - k dilation) / stride, o] w[k, c, o]
//   dw[(k, c), o] = sum over p of x[p stride + k dilation - low, c] dy[p, o]
//
// The second sums over taps k that meet an element of dy: those of one residue.
// Places i are taken in phases, i mod stride, which agree on the taps; a phase is
// a batch of its own, and no product with a zero between elements is made.
#include "passes/FormKernels/FormKernels.h"
#include "passes/GenerateGpu/ConvShape.h"
#include "passes/GenerateGpu/TileLoop.h"
#include <numeric>

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
class ImplicitGemm : ConvShape {
public:
  using ConvShape::ConvShape;

  void generate() {
    if (isa<ConvInputGradOp>(op))
      return inputGradient();
    DimExpr m = forward ? pixels : taps * in;
    TileLoop tiles(kernel, elementTypeOf(result), DimExpr(groups), m, out);
    firstIn = emit.mul(tiles.batch, emit.extent(in));
    firstOut = emit.mul(tiles.batch, emit.extent(out));
    Matrix right = forward ? filterMatrix() : flatMatrix(op->getOperand(1), pixels);
    tiles.run(imageMatrix(), right, result, firstOut, [&](Value row) {
      SmallVector<Value> at = emit.split(row, forward ? pixelDims() : tapDims(in));
      Spot spot;
      if (forward)
        spot.place.push_back({at[0], 0});
      for (Value index : forward ? ArrayRef(at).take_back(rank - 2) : ArrayRef(at).take_back(rank - 1))
        spot.place.push_back({index, 0});
      return spot;
    });
  }

private:
  /// x at (p, (k, c)): pixels by taps and channels for y, the other way round for dw.
  Matrix imageMatrix() {
    Matrix matrix;
    matrix.value = op->getOperand(0);
    matrix.dims = DimVector(emit.dims.of(matrix.value));
    Value pixelCount = emit.extent(pixels), tapCount = emit.extent(taps * in);
    matrix.steps = forward ? tapCount : pixelCount;
    matrix.places = forward ? pixelCount : tapCount;
    matrix.byStep = forward;
    matrix.run = runOf(in);
    matrix.at = [this](Value step, Value place) {
      SmallVector<Value> p = emit.split(forward ? place : step, pixelDims()),
                         k = emit.split(forward ? step : place, tapDims(in)), at;
      Value inside;
      for (auto [i, axis] : llvm::enumerate(axes)) {
        at.push_back(
            emit.sub(emit.add(emit.mul(p[i + 1], axis.stride), emit.mul(k[i], axis.dilation)), emit.extent(axis.low)));
        if (!axis.inPlace()) // below 0 is a huge unsigned number
          inside = both(inside, below(at.back(), axis.source));
      }
      return Spot{imagePlace(rank, p[0], at, {emit.add(firstIn, k[3]), 0}), inside};
    };
    return matrix;
  }

  /// A tensor whose innermost axis has channels of y, all others in one.
  Matrix flatMatrix(Value value, const DimExpr &steps) {
    Matrix matrix;
    matrix.value = value;
    matrix.dims = {steps, w.back()};
    matrix.steps = emit.extent(steps);
    matrix.places = emit.extent(out);
    matrix.run = runOf(out);
    matrix.at = [this](Value step, Value place) { return Spot{{{step, 0}, {emit.add(firstOut, place), 0}}, {}}; };
    return matrix;
  }
  Matrix filterMatrix() {
    UnpackOp unpack = packedFilterOf(op->getOperand(1));
    return unpack && groups == 1 ? packedMatrix(emit, unpack) : flatMatrix(op->getOperand(1), taps * in);
  }

  Value below(Value index, const DimExpr &extent) {
    return emit.fold<arith::CmpIOp>(arith::CmpIPredicate::ult, index, emit.extent(extent));
  }
  Value both(Value a, Value b) { return a ? emit.fold<arith::AndIOp>(a, b) : b; }

  //===-- Towards the input ----------------------------------------------===//

  /// Of one axis: taps first + j step, j < count, for this block's phase.
  struct Phase {
    int64_t phases = 1, step = 1;
    Value offset, first, count;
    SmallVector<int64_t> counts; // that occur
  };

  /// The taps of each residue: k with offset + low - k dilation a multiple of the stride.
  Phase phaseOf(const WindowAxis &axis, Value offset) {
    Phase phase;
    phase.offset = offset;
    phase.phases = axis.stride;
    phase.step = axis.stride / std::gcd(axis.stride, axis.dilation);
    auto choose = [&](Value otherwise, int64_t at, int64_t value) {
      Value isHere = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::eq, offset, emit.index(at));
      return otherwise ? emit.fold<arith::SelectOp>(isHere, emit.index(value), otherwise) : emit.index(value);
    };
    for (int64_t residue = 0; residue < axis.stride; ++residue) {
      int64_t first = 0, count = 0;
      for (int64_t k = axis.window.constant() - 1; k >= 0; --k)
        if ((residue + axis.low.constant() - k * axis.dilation) % axis.stride == 0) {
          first = k;
          ++count;
        }
      phase.first = choose(phase.first, residue, first);
      phase.count = choose(phase.count, residue, count);
      if (count && !llvm::is_contained(phase.counts, count))
        phase.counts.push_back(count);
    }
    return phase;
  }

  /// Division by a count of few possible values, each a constant that code divides by fast.
  std::pair<Value, Value> divide(Value number, const Phase &phase) {
    Value quotient = number; // a count of 1
    for (int64_t count : phase.counts) {
      Value isIt = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::eq, phase.count, emit.index(count));
      quotient = emit.fold<arith::SelectOp>(isIt, emit.div(number, emit.index(count)), quotient);
    }
    return {quotient, emit.sub(number, emit.mul(quotient, phase.count))};
  }

  void inputGradient() {
    // Phases are batches where the window is known, else one phase tests each tap.
    bool phased = llvm::all_of(axes, [](const WindowAxis &axis) { return axis.window.isConstant(); });
    auto phasesOf = [&](const WindowAxis &axis) { return DimExpr(phased ? axis.stride : 1); };
    DimVector batches{DimExpr(groups)}, places{samples};
    for (const WindowAxis &axis : axes) {
      batches.push_back(phasesOf(axis));
      places.push_back(axis.source.ceilDiv(phasesOf(axis).constant()));
    }
    TileLoop tiles(kernel, elementTypeOf(result), product(batches), product(places), in);
    SmallVector<Value> batch = emit.split(tiles.batch, batches);
    firstIn = emit.mul(batch[0], emit.extent(in));
    firstOut = emit.mul(batch[0], emit.extent(out));
    std::array<Phase, 3> phase;
    for (int64_t i = 0; i < 3; ++i)
      phase[i] = phased ? phaseOf(axes[i], batch[i + 1])
                        : Phase{1, 1, emit.zero(), emit.zero(), emit.extent(axes[i].window), {}};

    Matrix dy, filter;
    dy.value = op->getOperand(0);
    filter.value = op->getOperand(1);
    dy.dims = DimVector(emit.dims.of(dy.value));
    filter.dims = w;
    dy.steps = filter.steps =
        emit.mul(emit.mul(emit.mul(phase[0].count, phase[1].count), phase[2].count), emit.extent(out));
    dy.places = tiles.rows;
    filter.places = tiles.columns;
    dy.byStep = filter.byStep = true;
    dy.run = filter.run = runOf(out);
    // A step as taps and a channel of y.
    auto stepAt = [&, phased](Value step) {
      Value channel = emit.rem(step, emit.extent(out)), tap = emit.div(step, emit.extent(out));
      SmallVector<Value> at(4);
      at[3] = emit.add(firstOut, channel);
      for (int64_t i = 2; i >= 0; --i) {
        Value j = tap;
        if (i > 0 && phased)
          std::tie(tap, j) = divide(tap, phase[i]);
        else if (i > 0) {
          j = emit.rem(tap, phase[i].count);
          tap = emit.div(tap, phase[i].count);
        }
        at[i] = emit.add(phase[i].first, emit.mul(j, phase[i].step));
      }
      return at;
    };
    auto pixelAt = [&](Value place) {
      SmallVector<Value> at = emit.split(place, places);
      for (int64_t i = 0; i < 3; ++i)
        at[i + 1] = emit.add(emit.mul(at[i + 1], phase[i].phases), phase[i].offset);
      return at;
    };
    dy.at = [&, phased](Value step, Value place) {
      SmallVector<Value> k = stepAt(step), pixel = pixelAt(place), at;
      Value inside;
      for (auto [i, axis] : llvm::enumerate(axes)) {
        Value shifted = emit.sub(emit.add(pixel[i + 1], emit.extent(axis.low)), emit.mul(k[i], axis.dilation));
        inside = both(inside, below(shifted, axis.output * DimExpr(axis.stride)));
        Value stride = emit.index(axis.stride);
        if (!phased && axis.stride > 1)
          inside =
              both(inside, emit.fold<arith::CmpIOp>(arith::CmpIPredicate::eq, emit.rem(shifted, stride), emit.zero()));
        at.push_back(axis.stride > 1 ? emit.div(shifted, stride) : shifted);
      }
      return Spot{imagePlace(rank, pixel[0], at, {k[3], 0}), inside};
    };
    filter.at = [&](Value step, Value place) {
      SmallVector<Value> k = stepAt(step);
      Spot spot;
      for (Value tap : ArrayRef(k).take_front(3).take_back(rank - 2))
        spot.place.push_back({tap, 0});
      spot.place.push_back({place, 0});
      spot.place.push_back({k[3], 0});
      return spot;
    };
    tiles.zerosAreAbsent = true; // C5: around and between elements of dy there is nothing
    tiles.run(dy, filter, result, firstIn, [&](Value row) {
      SmallVector<Value> at = pixelAt(row);
      Spot spot;
      for (auto [i, axis] : llvm::enumerate(axes))
        if (phase[i].phases > 1) // the largest phase sets the size of all
          spot.inside = both(spot.inside, below(at[i + 1], axis.source));
      spot.place = imagePlace(rank, at[0], ArrayRef(at).drop_front(), {});
      spot.place.pop_back();
      return spot;
    });
  }

  Value firstIn, firstOut; // channels of the block's group
};
} // namespace

LogicalResult dlc::generateDeviceConvolution(DeviceKernel &kernel, Operation *root) {
  if (!root->hasAttr("channels_last"))
    return root->emitOpError("has no channels_last: assign-layouts did not run");
  if (kernel.schedule.getBlockM() == 0) // no tile
    return isa<ConvFilterGradOp>(root) ? generateGroupedFilterGradient(kernel, root)
                                       : generateGroupedConvolution(kernel, root);
  if (failed(checkTiles(kernel, elementTypeOf(root->getResult(0)))))
    return failure();
  if (isa<ConvInputGradOp>(root) && kernel.schedule.getParts() > 1) // sums may have to be made again
    return kernel.op.emitOpError("schedule cuts sums into ")
           << kernel.schedule.getParts() << " parts: expected 1 for a gradient towards the input";
  ImplicitGemm(kernel, root).generate();
  return success();
}
