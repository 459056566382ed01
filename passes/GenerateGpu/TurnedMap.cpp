// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pointwise ops on transposed values: a block computes a tile of `block_m` by
// `block_m` of the two innermost axes, the result's and the operand's. It reads
// the operand along its own, keeps it in shared memory and writes along the
// other, so that both sides are whole accesses side by side. Rows of the tile
// have one element of padding: neighbours in either direction meet other banks.
#include "passes/Elements/Turned.h"
#include "passes/GenerateGpu/Generators.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
class TurnedMap {
public:
  TurnedMap(DeviceKernel &kernel)
      : kernel(kernel), emit(kernel.device), plan(kernel.op), turned(turnedIn(kernel.op, plan)),
        elements(emit, kernel.schedule.getLanes()), side(kernel.schedule.getBlockM()), last(plan.domain.size() - 1) {
    elements.buffers = kernel.inputs;
  }

  void generate() {
    DimVector tiles(plan.domain);
    for (int64_t axis : {turned.axis, last})
      tiles[axis] = tiles[axis].ceilDiv(side);
    kernel.grid = product(tiles);
    for (Value index : emit.split(emit.block(), tiles))
      place.push_back({index, 0});
    for (int64_t axis : {turned.axis, last})
      place[axis].at = emit.mul(place[axis].at, side);
    for (TransposeOp op : turned.ops) {
      kept.push_back(emit.shared(emit.computed(elementTypeOf(op.getResult())), side * (side + 1)));
      read(op, kept.back());
    }
    emit.barrier();
    write();
  }

private:
  using Body = std::function<void(Value row, Value column, const Place &place)>;
  /// Each vector of `lanes` along `fast` that the thread has of the tile and that exists: its row and column in the
  /// tile, and its place.
  void each(int64_t lanes, int64_t slow, int64_t fast, const Body &body) {
    int64_t perRow = side / lanes;
    for (int64_t done = 0; done < side * perRow; done += kernel.threads()) {
      Value number = emit.add(emit.thread(), done), row = emit.div(number, emit.index(perRow)),
            column = emit.mul(emit.rem(number, emit.index(perRow)), lanes);
      Place at(place);
      at[slow].at = emit.add(at[slow].at, row);
      at[fast] = {emit.add(at[fast].at, column), lanes > 1 ? 1 : 0};
      Value inside = emit.fold<arith::AndIOp>(emit.less(at[slow].at, emit.extent(plan.domain[slow])),
                                              emit.less(at[fast].at, emit.extent(plan.domain[fast])));
      elements.lanes = lanes;
      elements.pushScope();
      emit.when(inside, [&] { body(row, column, at); });
      elements.popScope();
    }
  }

  /// As many elements of the operand as are one access, divide its rows, and leave each thread as many accesses.
  int64_t lanesOf(Value operand) {
    const DimExpr &length = plan.domain[turned.axis];
    int64_t bits = std::max<int64_t>(16, elementTypeOf(operand).getIntOrFloatBitWidth()),
            lanes = emit.target.getVectorBits() / bits;
    while (lanes > 1 &&
           !(length.isConstant() && length.constant() % lanes == 0 && side * (side / lanes) % kernel.threads() == 0))
      lanes /= 2;
    return lanes;
  }

  /// A row of the tile in shared memory is one of the operand.
  void read(TransposeOp op, const Buffer &tile) {
    int64_t lanes = lanesOf(op.getInput());
    each(lanes, last, turned.axis, [&](Value row, Value column, const Place &at) {
      Place own(at.size());
      for (auto [axis, from] : llvm::enumerate(op.getPermutation()))
        own[from] = at[axis];
      Lanes value = elements.at(op.getInput(), own);
      for (int64_t lane = 0; lane < lanes; ++lane) {
        bool isScalar = value.uniform || lanes == 1;
        Value one = isScalar ? value.value : emit.create<vector::ExtractOp>(value.value, lane);
        emit.storeAt(tile, emit.add(emit.mul(row, side + 1), emit.add(column, lane)), one, 1, {});
      }
    });
  }

  void write() {
    int64_t lanes = kernel.schedule.getLanes();
    each(lanes, turned.axis, last, [&](Value column, Value row, const Place &at) {
      for (auto [op, tile] : llvm::zip(turned.ops, kept)) {
        Value vector = lanes > 1 ? emit.zeroOf(emit.vectorOf(tile.elementType, lanes)) : Value();
        for (int64_t lane = 0; lane < lanes; ++lane) {
          Value one = emit.loadAt(tile, emit.add(emit.mul(emit.add(row, lane), side + 1), column), 1, {});
          vector = lanes > 1 ? Value(emit.create<vector::InsertOp>(one, vector, lane)) : one;
        }
        elements.preset(op.getResult(), at, {vector, lanes == 1});
      }
      elements.storeAll(kernel, at, [](Value) { return true; });
    });
  }

  DeviceKernel &kernel;
  DeviceEmitter &emit;
  NestPlan plan;
  Turned turned;
  Elements elements;
  int64_t side, last;
  Place place; // the tile's first
  SmallVector<Buffer> kept;
};
} // namespace

void dlc::generateTurnedMap(DeviceKernel &kernel) { TurnedMap(kernel).generate(); }
