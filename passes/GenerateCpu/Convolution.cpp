// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Direct convolution over channels-last images. The register tile is output
// pixels along a row x vectors of output channels; each step takes one element
// of the image a pixel and one vector of the filter. The steps of one window
// row lie side by side in memory (kw, then channels), so they are one run.
//
// The gradient with respect to the input is the same loop over the cotangent,
// padded, with the filter flipped and its channels swapped:
//   dx[i] = sum over k of dy~[i + low - k dilation] w[k],
// where dy~ is dy with stride - 1 zeros between neighbours. Only every stride-th
// product is not 0, so places i are taken in phases, i mod stride, each a
// convolution of dy itself with the taps that do not meet zeros. Depthwise
// gradients and those of many phases multiply by the zeros. These zeros, and
// those around dy, are no part of the sum: a filter that is not finite, which
// would make NaN of them, is summed over with tests instead (`meetsSource`).
#include "passes/FormKernels/FormKernels.h"
#include "passes/GenerateCpu/MicroKernel.h"
#include "passes/GenerateCpu/Windows.h"
#include <numeric>

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
/// Output places of one axis, i = q step + offset, that meet the taps
/// first + j tapStep, j < taps.
struct Phase {
  int64_t step = 1, offset = 0, first = 0, tapStep = 1, taps = 0;
};
using Phases = std::array<Phase, 3>;

class Convolution {
public:
  Convolution(Kernel &kernel, Operation *op, std::optional<Phases> phases = {})
      : kernel(kernel), emit(kernel.emit), op(op), schedule(kernel.schedule), elements(emit, schedule.getLanes()),
        filter(op->getOperand(1)), phases(phases) {
    elements.buffers = kernel.inputs;
    lanes = schedule.getLanes();
    backward = isa<ConvInputGradOp>(op);
    rank = emit.dims.of(op->getResult(0)).size();
    type = emit.computed(elementTypeOf(op->getResult(0)));
    ArrayRef<DimExpr> w = emit.dims.of(filter);
    groups = op->getAttrOfType<IntegerAttr>("groups").getInt();
    filterIn = w[rank - 2];
    filterOut = w[rank - 1];
    DimExpr outPerGroup = filterOut.floorDiv(DimExpr(groups));
    depthwise = groups > 1 && filterIn == DimExpr(1) && outPerGroup == DimExpr(1);
    // Of one group: what is summed over, and what the columns of the tile are.
    sumDim = backward ? outPerGroup : filterIn;
    columnDim = backward ? filterIn : outPerGroup;
    if (depthwise) { // the lanes are the groups
      columnDim = DimExpr(groups);
      groups = 1;
    }
    vectors = depthwise ? 1 : schedule.getVectors();
    width = lanes * vectors;
    setAxes();
    UnpackOp unpack = packedFilterOf(filter);
    if (auto it = kernel.inputs.find(unpack ? unpack.getInput() : filter); it != kernel.inputs.end())
      weights = it->second;
    if (unpack)
      panelWidth = emit.dims.of(unpack.getInput()).back().constant();
  }

  /// Whether a schedule that a user may have written fits a filter packed ahead.
  LogicalResult check() const {
    if (!panelWidth)
      return success();
    if (backward || depthwise || !weights)
      return kernel.op.emitOpError("has a packed filter that is no argument of a convolution");
    if (panelWidth % width != 0)
      return kernel.op.emitOpError() << "panels of " << panelWidth << " columns do not hold tiles of " << width;
    return success();
  }
  /// A phase beyond the last place of a short axis.
  bool isEmpty() const {
    return llvm::any_of(axes,
                        [](const WindowAxis &axis) { return axis.output.isConstant() && axis.output.constant() <= 0; });
  }
  /// Counts the scratch that this convolution needs beside what others have.
  void prepare() {
    image.emplace(kernel, op->getOperand(0), axes, schedule.getBlockM(), depthwise);
    packs = !depthwise && !panelWidth && (backward || !weights || schedule.getPack() == "panel");
    if (depthwise)
      weights = inMemory(kernel, filter);
    panelDims = {DimExpr(groups), columnDim.ceilDiv(width), axes[0].window, axes[1].window, axes[2].window, sumDim,
                 DimExpr(width)};
    int64_t bytes = type.getIntOrFloatBitWidth() / 8;
    packedAt = kernel.sharedBytes;
    if (packs)
      kernel.sharedBytes = packedAt + lines(product(panelDims) * DimExpr(bytes));
    meetsZeros = backward && llvm::any_of(axes, [](const WindowAxis &axis) { return !axis.inPlace(); });
    probesAt = kernel.sharedBytes;
    if (meetsZeros && packs)
      kernel.sharedBytes = probesAt + lines(product(taps()) * DimExpr(lanes * bytes));
    imageAt = kernel.scratchBytes;
    parkedAt = imageAt + image->scratchBytes();
    kernel.scratchBytes =
        parkedAt + (hasLongEpilogue(kernel.op) ? lines(schedule.getRows() * width * bytes) : DimExpr(0));
  }

  void generate() {
    if (packs)
      packFilter();
    // Tasks go through the panels of one unit of the image before the next unit.
    Value perUnit = emit.extent(DimExpr(groups) * panelDims[1]), total = emit.mul(emit.extent(image->units()), perUnit);
    int64_t grain = schedule.getGrain();
    emit.parallel(emit.ceilDiv(total, grain), [&](Value task, Value worker) {
      if (hasLongEpilogue(kernel.op))
        parked = kernel.scratchFor(worker, parkedAt, type, {DimExpr(schedule.getRows()), DimExpr(width)});
      Value low = emit.mul(task, grain), high = emit.min(emit.add(low, grain), total);
      emit.loop(emit.div(low, perUnit), emit.add(emit.div(emit.add(high, -1), perUnit), 1), 1, [&](Value unit) {
        Value begin = emit.mul(unit, perUnit);
        Value from = emit.max(emit.sub(low, begin), emit.zero()), to = emit.min(emit.sub(high, begin), perUnit);
        if (!depthwise)
          view = image->at(unit, worker, imageAt);
        emit.loop(from, to, 1, [&](Value number) {
          if (depthwise)
            view = image->at(unit, worker, imageAt, emit.mul(number, lanes));
          Value panels = emit.extent(panelDims[1]);
          if (groups == 1)
            columns(emit.zero(), number);
          else
            columns(emit.div(number, panels), emit.rem(number, panels));
        });
      });
    });
  }

private:
  void setAxes() {
    auto attribute = [&](StringRef name, int64_t i) { return op->getAttrOfType<DenseI64ArrayAttr>(name)[i]; };
    ArrayRef<DimExpr> x = emit.dims.of(op->getOperand(0)), y = emit.dims.of(op->getResult(0)), w = emit.dims.of(filter);
    for (int64_t i = 5 - rank; i < 3; ++i) {
      int64_t own = i - (5 - rank);
      WindowAxis &axis = axes[i];
      axis.source = x[own + 1];
      axis.output = y[own + 1];
      axis.window = w[own];
      axis.dilation = attribute("dilations", own);
      if (!backward) {
        axis.low = attribute("low", own);
        axis.high = attribute("high", own);
        axis.stride = attribute("strides", own);
        continue;
      }
      if (phases) {
        setPhase(axis, (*phases)[i], attribute("low", own));
        continue;
      }
      axis.spacing = attribute("strides", own);
      DimExpr reach = (axis.window - 1) * DimExpr(axis.dilation);
      axis.low = reach - DimExpr(attribute("low", own));
      axis.high = axis.output + reach - axis.low - ((axis.source - 1) * DimExpr(axis.spacing) + 1);
    }
  }

  /// dx[q step + offset] = sum over j of dy[q + (offset + low - k dilation) / step] w[k],
  /// k = first + j tapStep; the last tap meets the first element.
  static void setPhase(WindowAxis &axis, const Phase &phase, int64_t low) {
    axis.output = (axis.output + (phase.step - 1 - phase.offset)).floorDiv(DimExpr(phase.step));
    axis.window = phase.taps;
    if (phase.taps == 0) // nothing is read: zeros
      return;
    int64_t lastTap = phase.first + (phase.taps - 1) * phase.tapStep;
    axis.low = (lastTap * axis.dilation - phase.offset - low) / phase.step;
    axis.dilation = axis.dilation * phase.tapStep / phase.step;
    axis.high = axis.span(axis.output) - axis.low - axis.source;
  }

  /// The filter as [group, panel, kd, kh, kw, summed channel, column], columns
  /// past the last one 0, in shared scratch.
  void packFilter() {
    Buffer to = kernel.scratchFor({}, packedAt, type, panelDims);
    DimVector outer(taps());
    if (meetsZeros)
      probes = kernel.scratchFor({}, probesAt, type, {product(outer), DimExpr(lanes)});
    Value zeros = emit.zeroOf(lanes > 1 ? Type(emit.vectorOf(type, lanes)) : type);
    emit.parallel(emit.extent(product(outer)), [&](Value task, Value) {
      SmallVector<Value> at = emit.split(task, outer);
      Value group = at[0], first = emit.mul(at[1], width), count = emit.extent(sumDim),
            base = emit.mul(emit.mul(task, count), width);
      Place place;
      for (int64_t i = 5 - rank; i < 3; ++i) {
        Value tap = at[2 + i];
        if (backward)
          tap = emit.sub(emit.add(emit.extent(axes[i].window), -1), tap);
        if (phases)
          tap = emit.add(emit.mul(tap, (*phases)[i].tapStep), (*phases)[i].first);
        place.push_back({tap, 0});
      }
      Value outputs = emit.mul(group, emit.extent(filterOut.floorDiv(DimExpr(groups)))); // this group's first
      Value probe = emit.loop(emit.zero(), count, 1, {zeros}, [&](Value s, ValueRange carried) {
        Value probe = carried[0];
        for (int64_t v = 0; v < vectors; ++v) {
          Value column = emit.add(first, v * lanes);
          elements.pushScope();
          if (lanes > 1)
            elements.mask = emit.maskFor(emit.max(emit.sub(emit.extent(columnDim), column), emit.zero()), lanes);
          int64_t step = lanes > 1 ? 1 : 0;
          Place where(place);
          if (backward) {
            where.push_back({column, step});
            where.push_back({emit.add(outputs, s), 0});
          } else {
            where.push_back({s, 0});
            where.push_back({emit.add(outputs, column), step});
          }
          Value value = elements.at(filter, where).value;
          elements.mask = {};
          elements.popScope();
          value = lanes > 1 ? emit.splat(value, lanes) : value;
          emit.storeAt(to, emit.add(emit.add(base, emit.mul(s, width)), v * lanes), value, lanes, {});
          if (meetsZeros)
            probe = probed(probe, value);
        }
        return SmallVector<Value>{probe};
      })[0];
      if (meetsZeros)
        emit.storeAt(probes, emit.mul(task, lanes), probe, lanes, {});
    });
    weights = to;
  }

  /// Extents of [group, panel, kd, kh, kw].
  ArrayRef<DimExpr> taps() { return ArrayRef<DimExpr>(panelDims).take_front(5); }
  /// Stays 0 while values are finite, and becomes NaN for good at one that is not.
  Value probed(Value probe, Value value) {
    return emit.create<arith::AddFOp>(probe, emit.create<arith::MulFOp>(value, emit.zeroOf(value.getType())));
  }
  /// Whether a panel of the filter is finite.
  Value isFinite(Value group, Value panel, Value mask) {
    DimExpr count = product(taps().drop_front(2));
    Value begin = emit.mul(emit.add(emit.mul(group, emit.extent(panelDims[1])), panel), emit.extent(count));
    Value zeros = emit.zeroOf(lanes > 1 ? Type(emit.vectorOf(type, lanes)) : type);
    Value probe = emit.loop(emit.zero(), emit.extent(count), 1, {zeros}, [&](Value tap, ValueRange carried) {
      if (depthwise) // not packed, few taps
        return SmallVector<Value>{probed(
            carried[0], emit.loadAt(weights, emit.add(emit.mul(tap, emit.extent(columnDim)), emit.mul(panel, width)),
                                    lanes, mask))};
      Value next = emit.loadAt(probes, emit.mul(emit.add(begin, tap), lanes), lanes, {});
      return SmallVector<Value>{emit.create<arith::AddFOp>(carried[0], next)};
    })[0];
    Value isNumber = emit.create<arith::CmpFOp>(arith::CmpFPredicate::ORD, probe, probe);
    return lanes > 1 ? Value(emit.create<vector::ReductionOp>(vector::CombiningKind::AND, isNumber)) : isNumber;
  }

  /// All rows of the unit for one panel of output channels.
  void columns(Value group, Value panel) {
    Value first = emit.mul(panel, width);
    auto rows = [&](bool masked, int64_t used) {
      SmallVector<Value> masks(used);
      if (masked && lanes > 1)
        for (int64_t v = 0; v < used; ++v)
          masks[v] =
              emit.maskFor(emit.max(emit.sub(emit.extent(columnDim), emit.add(first, v * lanes)), emit.zero()), lanes);
      if (!meetsZeros)
        return tiles(used, masks, group, panel);
      emit.when(
          isFinite(group, panel, masks[0]), [&] { tiles(used, masks, group, panel); },
          [&] {
            emit.loop(view.low, view.high, 1, [&](Value height) {
              emit.loop(emit.zero(), emit.extent(axes[2].output), 1,
                        [&](Value pixel) { tile(1, 1, used, masks, group, panel, height, pixel, /*bounded=*/true); });
            });
          });
    };
    if (columnDim.isConstant() && columnDim.constant() % width == 0)
      return rows(false, vectors);
    if (columnDim.isConstant() && columnDim.constant() < width)
      return rows(true, (columnDim.constant() + lanes - 1) / lanes);
    Value whole = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::sle, emit.add(first, width), emit.extent(columnDim));
    emit.when(whole, [&] { rows(false, vectors); }, [&] { rows(true, vectors); });
  }

  void tiles(int64_t used, ArrayRef<Value> masks, Value group, Value panel) {
    const DimExpr &across = axes[2].output;
    if (int64_t w = across.constant(); w > 0 && w < schedule.getRows()) { // a tile is several rows of the image
      forRowTiles(emit, view.low, view.high, schedule.getRows() / w, [&](int64_t count, Value height) {
        tile(count * w, w, used, masks, group, panel, height, emit.zero());
      });
      return;
    }
    emit.loop(view.low, view.high, 1, [&](Value height) {
      forRowTiles(emit, emit.zero(), emit.extent(across), schedule.getRows(),
                  [&](int64_t count, Value pixel) { tile(count, count, used, masks, group, panel, height, pixel); });
    });
  }

  /// Whether a window's tap meets an element of the source, not a zero.
  Value meetsSource(ArrayRef<Value> window, ArrayRef<Value> tap) {
    Value all;
    for (auto [axis, at, k] : llvm::zip(axes, window, tap)) {
      Value element = emit.sub(emit.add(emit.mul(at, axis.stride), emit.mul(k, axis.dilation)), emit.extent(axis.low));
      Value inside = sourceOf(emit, axis, element).first;
      all = all ? emit.fold<arith::AndIOp>(all, inside) : inside;
    }
    return all;
  }

  /// Sums over the places of one window axis, carrying the tile on.
  SmallVector<Value> over(const DimExpr &extent, SmallVector<Value> sums,
                          llvm::function_ref<SmallVector<Value>(Value, SmallVector<Value>)> body) {
    return emit.loop(emit.zero(), emit.extent(extent), 1, sums, [&](Value k, ValueRange carried) {
      return body(k, SmallVector<Value>(carried.begin(), carried.end()));
    });
  }

  /// `rows` pixels from one on, `across` of them in a row of the image. If
  /// `bounded`, of one pixel, taps that meet no element of the source are left out.
  void tile(int64_t rows, int64_t across, int64_t used, ArrayRef<Value> masks, Value group, Value panel, Value height,
            Value pixel, bool bounded = false) {
    const WindowAxis &w = axes[2];
    bool wholeRow = !bounded && (depthwise || (groups == 1 && w.dilation == 1)); // of the window in one run
    // Steps of the innermost loop, and what one of them moves.
    DimExpr steps = wholeRow ? w.window : DimExpr(1);
    if (!depthwise)
      steps = steps * sumDim;
    Value xStep = depthwise ? emit.mul(view.pixel, w.dilation) : emit.index(1);
    Value first = emit.mul(panel, width);

    Value xBase = emit.add(view.base, emit.mul(emit.mul(emit.sub(height, view.low), axes[1].stride), view.row));
    xBase = emit.add(xBase, emit.mul(emit.mul(pixel, w.stride), view.pixel));
    xBase = emit.add(xBase, depthwise ? emit.zero() : emit.mul(group, emit.extent(sumDim)));
    Value pixelStep = emit.mul(view.pixel, w.stride), heightStep = emit.mul(view.row, axes[1].stride);
    SmallVector<Value> rowBase;
    for (int64_t r = 0; r < rows; ++r)
      rowBase.push_back(emit.add(xBase, emit.add(emit.mul(heightStep, r / across), emit.mul(pixelStep, r % across))));

    // Rows of the filter matrix [kd kh kw summed channel][column], and where they begin.
    Value wStep = panelWidth ? emit.index(panelWidth)
                  : packs    ? emit.index(width)
                             : emit.extent(depthwise ? columnDim : filterOut),
          wBase = first;
    if (panelWidth) { // packed ahead, in panels that may hold several of this width
      Value rows = emit.extent(product(ArrayRef<DimExpr>(panelDims).slice(2, 4)));
      wBase = emit.add(emit.mul(emit.div(first, emit.index(panelWidth)), emit.mul(rows, panelWidth)),
                       emit.rem(first, emit.index(panelWidth)));
    } else if (packs) {
      Value panelSize = emit.extent(product(ArrayRef<DimExpr>(panelDims).drop_front(2)));
      wBase = emit.mul(emit.add(emit.mul(group, emit.extent(panelDims[1])), panel), panelSize);
    } else if (!depthwise) {
      wBase = emit.add(wBase, emit.mul(group, emit.extent(columnDim)));
    }
    bool flips = depthwise && backward; // read in place, so from the last tap to the first
    DimExpr perTap = depthwise ? DimExpr(1) : sumDim;

    Tile shape{rows, used, lanes, schedule.getUnroll(), 1};
    int64_t length = steps.isConstant() ? steps.constant() : 0;
    bool isShort = length > 0 && length <= 16;
    if (depthwise && isShort && !bounded) // neighbouring windows share what they read
      shape.unroll = length;
    else if (rows * used < 8 && !isShort && !bounded)
      shape.splits = rows * used < 4 ? 4 : 2;

    SmallVector<Value> sums = zeroTile(emit, shape, type);
    sums = over(axes[0].window, sums, [&](Value kd, SmallVector<Value> sums) {
      return over(axes[1].window, sums, [&](Value kh, SmallVector<Value> sums) {
        auto run = [&](Value kw, SmallVector<Value> sums) {
          Value xAt = emit.add(emit.mul(emit.mul(kd, axes[0].dilation), view.plane),
                               emit.mul(emit.mul(kh, axes[1].dilation), view.row));
          xAt = emit.add(xAt, emit.mul(emit.mul(kw, w.dilation), view.pixel));
          Value tap =
              emit.add(emit.mul(emit.add(emit.mul(kd, emit.extent(axes[1].window)), kh), emit.extent(w.window)), kw);
          Value wRow = emit.mul(tap, emit.extent(perTap));
          if (flips)
            wRow = emit.sub(emit.add(emit.extent(axes[0].window * axes[1].window * w.window), -1), wRow);
          Value wAt = emit.add(wBase, emit.mul(wRow, wStep));
          auto row = [&](int64_t r, Value k, int64_t u) {
            Value at = emit.add(emit.add(rowBase[r], xAt), emit.mul(emit.add(k, u), xStep));
            return depthwise ? emit.loadAt(view.buffer, at, lanes, masks[0]) : emit.loadAt(view.buffer, at, 1, {});
          };
          auto column = [&](int64_t v, Value k, int64_t u) {
            Value move = emit.mul(emit.add(k, u), wStep);
            Value at = emit.add(flips ? emit.sub(wAt, move) : emit.add(wAt, move), v * lanes);
            return emit.loadAt(weights, at, lanes, packs || panelWidth ? Value() : masks[v]);
          };
          Ahead ahead;
          if (int64_t steps = schedule.getPrefetch(); steps && panelWidth && !bounded)
            ahead = [&, steps](Value k, int64_t u) {
              prefetch(emit, weights, emit.add(wAt, emit.mul(emit.add(k, u + steps), wStep)), used * lanes);
            };
          Value end = emit.extent(steps);
          if (bounded)
            end = emit.fold<arith::SelectOp>(meetsSource({view.depth, height, pixel}, {kd, kh, kw}), end, emit.zero());
          return emitTile(emit, shape, type, emit.zero(), end, row, column, sums, ahead);
        };
        return wholeRow ? run(emit.zero(), sums) : over(w.window, sums, run);
      });
    });

    Value firstChannel = depthwise ? first : emit.add(emit.mul(group, emit.extent(columnDim)), first);
    auto finish = [&](Value r, int64_t v, Value sum) {
      elements.pushScope();
      elements.mask = masks[v];
      Value down = emit.div(r, emit.index(across)), right = emit.rem(r, emit.index(across));
      std::array<Value, 3> spatial{view.depth, emit.add(height, down), emit.add(pixel, right)};
      for (int64_t i = 0; phases && i < 3; ++i)
        spatial[i] = emit.add(emit.mul(spatial[i], (*phases)[i].step), (*phases)[i].offset);
      Place place = imagePlace(rank, view.n, spatial, {emit.add(firstChannel, v * lanes), lanes > 1 ? 1 : 0});
      elements.preset(op->getResult(0), place, {sum, lanes == 1});
      elements.storeAll(kernel, place, [](Value) { return true; });
      elements.mask = {};
      elements.popScope();
    };
    for (int64_t r = 0; r < rows; ++r)
      for (int64_t v = 0; v < used; ++v) {
        Value sum = sums[r * used + v];
        if (parked)
          emit.storeAt(parked, emit.index(r * width + v * lanes), sum, lanes, {});
        else
          finish(emit.index(r), v, sum);
      }
    if (parked)
      emit.loop(emit.zero(), emit.index(rows), 1, [&](Value r) {
        for (int64_t v = 0; v < used; ++v)
          finish(r, v, emit.loadAt(parked, emit.add(emit.mul(r, width), v * lanes), lanes, {}));
      });
  }

  Kernel &kernel;
  Emitter &emit;
  Operation *op;
  ScheduleAttr schedule;
  Elements elements;
  Value filter;
  Buffer weights;
  Buffer parked; // a finished tile on its way to a long epilogue
  std::optional<Phases> phases;
  std::optional<Image> image;
  WindowAxes axes;
  Buffer probes;                                 // of the packed filter's taps: 0, or NaN where one is not finite
  DimExpr packedAt, probesAt, imageAt, parkedAt; // in scratch
  DimVector panelDims;
  DimExpr filterIn, filterOut, sumDim, columnDim;
  int64_t lanes, vectors, width, rank, groups, panelWidth = 0;
  bool backward, depthwise, packs = false;
  bool meetsZeros = false; // which the sum does not have
  Type type;
  Image::View view;
};

/// The phases of an axis of the input's gradient.
SmallVector<Phase> phasesOf(int64_t stride, int64_t dilation, int64_t low, int64_t window) {
  SmallVector<Phase> phases;
  for (int64_t offset = 0; offset < stride; ++offset) {
    Phase phase{stride, offset, 0, stride / std::gcd(stride, dilation), 0};
    for (int64_t k = window - 1; k >= 0; --k)
      if ((offset + low - k * dilation) % stride == 0) {
        phase.first = k;
        ++phase.taps;
      }
    phases.push_back(phase);
  }
  return phases;
}

/// Whether the gradient is taken in phases: there is more than one, and not so
/// many that their code grows long.
bool takesPhases(Operation *op, ArrayRef<DimExpr> filter) {
  if (!isa<ConvInputGradOp>(op))
    return false;
  int64_t count = 1;
  for (int64_t stride : op->getAttrOfType<DenseI64ArrayAttr>("strides").asArrayRef())
    count *= stride;
  bool isStatic = llvm::all_of(filter, [](const DimExpr &dim) { return dim.isConstant(); });
  bool depthwise = filter[filter.size() - 2] == DimExpr(1) && op->getAttrOfType<IntegerAttr>("groups").getInt() > 1;
  return count > 1 && count <= 4 && isStatic && !depthwise;
}
} // namespace

LogicalResult dlc::generateConvolution(Kernel &kernel, Operation *root) {
  if (!root->hasAttr("channels_last"))
    return root->emitOpError("has no channels_last: assign-layouts did not run");
  ArrayRef<DimExpr> filter = kernel.emit.dims.of(root->getOperand(1));
  std::list<Convolution> parts;
  if (!takesPhases(root, filter)) {
    parts.emplace_back(kernel, root);
  } else {
    int64_t rank = filter.size();
    std::array<SmallVector<Phase>, 3> choices;
    for (int64_t i = 0; i < 3; ++i) {
      int64_t own = i - (5 - rank);
      auto attribute = [&](StringRef name) { return root->getAttrOfType<DenseI64ArrayAttr>(name)[own]; };
      choices[i] =
          own < 0 ? SmallVector<Phase>{{1, 0, 0, 1, 1}}
                  : phasesOf(attribute("strides"), attribute("dilations"), attribute("low"), filter[own].constant());
    }
    for (const Phase &depth : choices[0])
      for (const Phase &height : choices[1])
        for (const Phase &width : choices[2])
          parts.emplace_back(kernel, root, Phases{depth, height, width});
  }
  parts.remove_if([](const Convolution &part) { return part.isEmpty(); });
  for (Convolution &part : parts) {
    if (failed(part.check()))
      return failure();
    part.prepare();
  }
  for (Convolution &part : parts)
    part.generate();
  return success();
}
