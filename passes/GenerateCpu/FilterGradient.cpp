// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// dw[k, c, o] = sum over n, p of x[n, p stride + k dilation - low, c] dy[n, p, o],
// channels last. The register tile is places of the filter (kw, then channels:
// side by side in the image) x vectors of output channels; each step is one
// output pixel. The pixels are cut into `block_k` chunks, a number that depends
// on shapes alone; each has sums of its own in shared scratch, added in order
// at the end, where the epilogue is computed, too.
#include "passes/GenerateCpu/MicroKernel.h"
#include "passes/GenerateCpu/Windows.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
class FilterGradient {
public:
  FilterGradient(Kernel &kernel, ConvFilterGradOp op)
      : kernel(kernel), emit(kernel.emit), op(op), schedule(kernel.schedule), elements(emit, schedule.getLanes()) {
    elements.buffers = kernel.inputs;
    lanes = schedule.getLanes();
    type = emit.computed(elementTypeOf(op.getResult()));
    ArrayRef<DimExpr> x = emit.dims.of(op.getInput()), y = emit.dims.of(op.getCotangent()),
                      w = emit.dims.of(op.getResult());
    rank = w.size();
    outputs = w[rank - 1];
    groups = op.getGroups();
    inDim = w[rank - 2];
    columnDim = outputs.floorDiv(DimExpr(groups));
    depthwise = groups > 1 && inDim == DimExpr(1) && columnDim == DimExpr(1);
    if (depthwise) {
      columnDim = DimExpr(groups);
      groups = 1;
    }
    vectors = depthwise ? 1 : schedule.getVectors();
    width = lanes * vectors;
    for (int64_t i = 5 - rank; i < 3; ++i) {
      int64_t own = i - (5 - rank);
      axes[i] = {x[own + 1],
                 y[own + 1],
                 w[own],
                 op.getLow()[own],
                 op.getHigh()[own],
                 op.getStrides()[own],
                 op.getDilations()[own],
                 1};
    }
  }

  LogicalResult generate() {
    cotangent = inMemory(kernel, op.getCotangent());
    Image image(kernel, op.getInput(), axes, schedule.getBlockM(), depthwise);
    kernel.scratchBytes = image.scratchBytes();
    int64_t chunks = schedule.getBlockK();
    panels = columnDim.ceilDiv(width);
    partDims = {DimExpr(chunks), DimExpr(groups), panels, axes[0].window,
                axes[1].window,  axes[2].window,  inDim,  DimExpr(width)};
    DimExpr bytes = product(partDims) * DimExpr(type.getIntOrFloatBitWidth() / 8);
    parts = kernel.scratchFor({}, kernel.sharedBytes, type, partDims);
    kernel.sharedBytes = kernel.sharedBytes + lines(bytes);
    Value partSize = emit.extent(product(ArrayRef<DimExpr>(partDims).drop_front(3)));

    Value units = emit.extent(image.units()), perChunk = emit.ceilDiv(units, chunks);
    DimVector outer{DimExpr(chunks), DimExpr(groups), panels};
    emit.parallel(emit.extent(product(outer)), [&](Value task, Value worker) {
      SmallVector<Value> at = emit.split(task, outer);
      group = at[1];
      panel = at[2];
      part = emit.mul(task, partSize);
      emit.loop(emit.zero(), partSize, lanes, [&](Value i) {
        emit.storeAt(parts, emit.add(part, i), emit.zeroOf(lanes > 1 ? Type(emit.vectorOf(type, lanes)) : type), lanes,
                     {});
      });
      Value low = emit.mul(at[0], perChunk), high = emit.min(emit.add(low, perChunk), units);
      emit.loop(low, high, 1, [&](Value unit) {
        view = image.at(unit, worker, 0, depthwise ? emit.mul(panel, width) : Value());
        accumulate();
      });
    });
    combine(chunks, partSize);
    return success();
  }

private:
  /// Adds what one unit contributes to one panel.
  void accumulate() {
    Value first = emit.mul(panel, width);
    auto all = [&](bool masked, int64_t used) {
      SmallVector<Value> masks(used);
      if (masked && lanes > 1)
        for (int64_t v = 0; v < used; ++v)
          masks[v] =
              emit.maskFor(emit.max(emit.sub(emit.extent(columnDim), emit.add(first, v * lanes)), emit.zero()), lanes);
      places(used, masks);
    };
    if (columnDim.isConstant() && columnDim.constant() % width == 0)
      return all(false, vectors);
    if (columnDim.isConstant() && columnDim.constant() < width)
      return all(true, (columnDim.constant() + lanes - 1) / lanes);
    Value whole = emit.fold<arith::CmpIOp>(arith::CmpIPredicate::sle, emit.add(first, width), emit.extent(columnDim));
    emit.when(whole, [&] { all(false, vectors); }, [&] { all(true, vectors); });
  }

  void places(int64_t used, ArrayRef<Value> masks) {
    const WindowAxis &w = axes[2];
    bool contiguous = depthwise || (groups == 1 && w.dilation == 1);
    DimExpr run = depthwise ? w.window : contiguous ? w.window * inDim : inDim;
    DimExpr height = axes[1].window;
    emit.loop(emit.zero(), emit.extent(axes[0].window), 1, [&](Value kd) {
      Value plane = emit.mul(emit.mul(kd, axes[0].dilation), view.plane);
      Value planeRow = emit.mul(kd, emit.extent(height * w.window * inDim));
      Value rowStep = emit.mul(view.row, axes[1].dilation),
            unit = depthwise ? emit.mul(view.pixel, w.dilation) : emit.index(1);
      bool small = contiguous && run.isConstant() && height.isConstant() &&
                   run.constant() * height.constant() <= schedule.getRows();
      if (small) { // one tile holds the whole window
        int64_t length = run.constant();
        SmallVector<Value> offsets;
        for (int64_t r = 0; r < length * height.constant(); ++r)
          offsets.push_back(emit.add(emit.add(plane, emit.mul(rowStep, r / length)), emit.mul(unit, r % length)));
        return tile(offsets, planeRow, used, masks);
      }
      emit.loop(emit.zero(), emit.extent(height), 1, [&](Value kh) {
        auto runOf = [&](Value kw) {
          Value base = emit.add(plane, emit.mul(kh, rowStep));
          base = emit.add(base, emit.mul(emit.mul(kw, w.dilation), view.pixel));
          base = emit.add(base, depthwise ? emit.zero() : emit.mul(group, emit.extent(inDim)));
          Value firstRow =
              emit.add(planeRow, emit.mul(emit.add(emit.mul(kh, emit.extent(w.window)), kw), emit.extent(inDim)));
          forRowTiles(emit, emit.zero(), emit.extent(run), schedule.getRows(), [&](int64_t rows, Value r) {
            SmallVector<Value> offsets;
            for (int64_t i = 0; i < rows; ++i)
              offsets.push_back(emit.add(base, emit.mul(emit.add(r, i), unit)));
            tile(offsets, emit.add(firstRow, r), used, masks);
          });
        };
        if (contiguous)
          runOf(emit.zero());
        else
          emit.loop(emit.zero(), emit.extent(w.window), 1, runOf);
      });
    });
  }

  /// Filter places at `offsets` from a window's first element, which are rows
  /// `firstRow`, ... of the panel.
  void tile(ArrayRef<Value> offsets, Value firstRow, int64_t used, ArrayRef<Value> masks) {
    int64_t rows = offsets.size();
    const WindowAxis &w = axes[2];
    Value first = emit.mul(panel, width);
    auto place = [&](int64_t r, int64_t v) {
      return emit.add(emit.add(part, emit.mul(emit.add(firstRow, r), width)), v * lanes);
    };
    SmallVector<Value> sums;
    for (int64_t r = 0; r < rows; ++r)
      for (int64_t v = 0; v < used; ++v)
        sums.push_back(emit.loadAt(parts, place(r, v), lanes, {}));

    Tile shape{rows, used, lanes, schedule.getUnroll(), rows * used < 4 ? 4 : 1};
    Value pixelStep = emit.mul(view.pixel, w.stride), yPixel = emit.extent(depthwise ? columnDim : outputs);
    Value yFirst = depthwise ? first : emit.add(emit.mul(group, emit.extent(columnDim)), first);
    SmallVector<DimExpr> yDims{emit.dims.of(op.getCotangent()).front(), axes[0].output, axes[1].output, w.output,
                               outputs};
    sums = emit.loop(view.low, view.high, 1, sums, [&](Value height, ValueRange carried) {
      Value xBase = emit.add(view.base, emit.mul(emit.mul(emit.sub(height, view.low), axes[1].stride), view.row));
      Value yBase = emit.add(
          emit.linear(yDims, Place{{view.n, 0}, {view.depth, 0}, {height, 0}, {emit.zero(), 0}, {emit.zero(), 0}}),
          yFirst);
      auto row = [&](int64_t r, Value k, int64_t u) {
        Value at = emit.add(emit.add(xBase, offsets[r]), emit.mul(emit.add(k, u), pixelStep));
        return depthwise ? emit.loadAt(view.buffer, at, lanes, masks[0]) : emit.loadAt(view.buffer, at, 1, {});
      };
      auto column = [&](int64_t v, Value k, int64_t u) {
        return emit.loadAt(cotangent, emit.add(emit.add(yBase, emit.mul(emit.add(k, u), yPixel)), v * lanes), lanes,
                           masks[v]);
      };
      return emitTile(emit, shape, type, emit.zero(), emit.extent(w.output), row, column, carried);
    });
    for (int64_t r = 0; r < rows; ++r)
      for (int64_t v = 0; v < used; ++v)
        emit.storeAt(parts, place(r, v), sums[r * used + v], lanes, {});
  }

  /// Adds the chunks' sums in order and computes the epilogue.
  void combine(int64_t chunks, Value partSize) {
    DimVector outer{DimExpr(groups), panels, axes[0].window, axes[1].window, axes[2].window, inDim};
    Value chunkSize = emit.mul(emit.mul(partSize, emit.extent(panels)), groups);
    Value total = emit.extent(product(outer));
    int64_t grain = 64; // rows of a panel: some thousands of additions
    emit.parallel(emit.ceilDiv(total, grain), [&](Value task, Value) {
      Value low = emit.mul(task, grain), high = emit.min(emit.add(low, grain), total);
      emit.loop(low, high, 1, [&](Value number) {
        SmallVector<Value> at = emit.split(number, outer);
        Value firstChannel =
            emit.add(depthwise ? emit.zero() : emit.mul(at[0], emit.extent(columnDim)), emit.mul(at[1], width));
        for (int64_t v = 0; v < vectors; ++v) {
          Value inPanel = emit.add(emit.mul(at[1], width), v * lanes);
          Value here = emit.add(emit.mul(number, width), v * lanes);
          auto store = [&] {
            Type sumType = lanes > 1 ? Type(emit.vectorOf(type, lanes)) : type;
            Value sum = emit.loop(
                emit.zero(), emit.index(chunks), 1, {emit.zeroOf(sumType)}, [&](Value chunk, ValueRange carried) {
                  Value next = emit.loadAt(parts, emit.add(emit.mul(chunk, chunkSize), here), lanes, {});
                  return SmallVector<Value>{emit.create<arith::AddFOp>(carried[0], next)};
                })[0];
            elements.pushScope();
            if (lanes > 1 && !(columnDim.isConstant() && columnDim.constant() % lanes == 0))
              elements.mask = emit.maskFor(emit.sub(emit.extent(columnDim), inPanel), lanes);
            Place place;
            for (int64_t i = 5 - rank; i < 3; ++i)
              place.push_back({at[2 + i], 0});
            place.push_back({at[5], 0});
            place.push_back({emit.add(firstChannel, v * lanes), lanes > 1 ? 1 : 0});
            elements.preset(op.getResult(), place, {sum, lanes == 1});
            elements.storeAll(kernel, place, [](Value) { return true; });
            elements.mask = {};
            elements.popScope();
          };
          if (columnDim.isConstant() && columnDim.constant() % width == 0)
            store();
          else
            emit.when(emit.less(inPanel, emit.extent(columnDim)), store);
        }
      });
    });
  }

  Kernel &kernel;
  Emitter &emit;
  ConvFilterGradOp op;
  ScheduleAttr schedule;
  Elements elements;
  WindowAxes axes;
  DimVector partDims;
  DimExpr outputs, inDim, columnDim, panels;
  int64_t lanes, vectors, width, rank, groups;
  bool depthwise;
  Type type;
  Buffer cotangent, parts;
  Image::View view;
  Value group, panel, part;
};
} // namespace

LogicalResult dlc::generateFilterGradient(Kernel &kernel, Operation *root) {
  return FilterGradient(kernel, cast<ConvFilterGradOp>(root)).generate();
}
