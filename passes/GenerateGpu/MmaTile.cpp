// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fragments are PTX's (ISA, mma.m16n8k16 for .f16 and .bf16, mma.m16n8k8 for
// .tf32): with g = lane / 4 and t = lane % 4 a thread has of C the rows g and
// g + 8, columns 2t and 2t + 1. Those of A and B are words: of A rows g and g + 8,
// of B column g, and of both word t of 16 bytes of steps, then of the next 16.
#include "passes/GenerateGpu/ThreadTile.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
constexpr int64_t tileM = 16, tileN = 8, wordBytes = 4;
/// Threads that have one row of a fragment.
constexpr int64_t quad = 4;

class MmaTile : public ThreadTile {
public:
  MmaTile(DeviceKernel &kernel, Type elementType)
      : emit(kernel.device), type(elementType), depth(kernel.schedule.getBlockK()),
        half(quad * wordBytes * 8 / elementType.getIntOrFloatBitWidth()) {
    ScheduleAttr schedule = kernel.schedule;
    warpRows = schedule.getRows();
    warpColumns = schedule.getVectors() * tileN;
    tilesM = warpRows / tileM;
    tilesN = schedule.getVectors();
    int64_t across = kernel.threads() / warpSize / (schedule.getBlockM() / warpRows);
    blockN = across * warpColumns;
    lanes = quad * 2;
    rows = tilesM * 2;
    vectors = tilesN / quad;
    stored = type.isF32() ? type : emit.b.getI16Type();
    keepsRightSteps = true;
    Value warp = emit.div(emit.thread(), emit.index(warpSize));
    lane = emit.rem(emit.thread(), emit.index(warpSize));
    firstRow = emit.mul(emit.div(warp, emit.index(across)), warpRows);
    firstColumn = emit.mul(emit.rem(warp, emit.index(across)), warpColumns);
  }

  Values zeros() override { return Values(tilesM * tilesN * 4, emit.zeroOf(emit.b.getF32Type())); }

  Value row(Value number) override {
    Value tile = emit.div(number, emit.index(2)), half = emit.rem(number, emit.index(2));
    return emit.add(emit.add(firstRow, emit.div(lane, emit.index(quad))),
                    emit.add(emit.mul(tile, tileM), emit.mul(half, tileM / 2)));
  }
  Value column(Value vector) override {
    return emit.add(emit.add(firstColumn, emit.mul(emit.rem(lane, emit.index(quad)), lanes)),
                    emit.mul(vector, quad * tileN));
  }

  void multiply(Operand &left, Operand &right, Value stage, Values &sums) override {
    for (int64_t step = 0; step < depth; step += 2 * half) {
      std::vector<Values> a, b; // of each tile of rows; of each two tiles of columns
      for (int64_t i = 0; i < tilesM; ++i)
        a.push_back(load(left, stage, step, emit.add(firstRow, i * tileM), /*placesFirst=*/true));
      for (int64_t j = 0; j < tilesN; j += 2)
        b.push_back(load(right, stage, step, emit.add(firstColumn, j * tileN), /*placesFirst=*/false));
      for (int64_t i = 0; i < tilesM; ++i)
        for (int64_t j = 0; j < tilesN; ++j) {
          MutableArrayRef<Value> sum = MutableArrayRef(sums).slice((i * tilesN + j) * 4, 4);
          llvm::copy(emit.multiplyMatrices(type, a[i], ArrayRef(b[j / 2]).slice(j % 2 * 2, 2), sum), sum.begin());
        }
    }
  }

  /// Each row of a thread has two columns of each of four tiles; threads of a
  /// quad exchange them so that each has all eight of one tile.
  Values finished(Values sums) override {
    Values result;
    for (int64_t i = 0; i < rows; ++i)
      for (int64_t v = 0; v < vectors; ++v) {
        std::array<std::array<Value, 2>, quad> pairs;
        for (int64_t j = 0; j < quad; ++j)
          for (int64_t e = 0; e < 2; ++e)
            pairs[j][e] = sums[((i / 2) * tilesN + v * quad + j) * 4 + i % 2 * 2 + e];
        for (int64_t distance = 1; distance < quad; distance *= 2)
          exchange(pairs, distance);
        Value vector = emit.zeroOf(emit.vectorOf(emit.b.getF32Type(), lanes));
        for (int64_t j = 0; j < lanes; ++j)
          vector = emit.create<vector::InsertOp>(pairs[j / 2][j % 2], vector, j);
        result.push_back(vector);
      }
    return result;
  }

private:
  /// One step of transposing a quad's pairs.
  void exchange(std::array<std::array<Value, 2>, quad> &pairs, int64_t distance) {
    Value bit = emit.rem(emit.div(lane, emit.index(distance)), emit.index(2));
    Value isUpper = emit.create<arith::CmpIOp>(arith::CmpIPredicate::ne, bit, emit.zero());
    for (int64_t j = 0; j < quad; ++j)
      for (int64_t e = 0; e < 2 && !(j & distance); ++e) {
        Value &low = pairs[j][e], &high = pairs[j | distance][e];
        Value kept = emit.create<arith::SelectOp>(isUpper, high, low),
              sent = emit.create<arith::SelectOp>(isUpper, low, high), got = emit.fromAcross(sent, distance);
        low = emit.create<arith::SelectOp>(isUpper, got, kept);
        high = emit.create<arith::SelectOp>(isUpper, kept, got);
      }
  }

  /// Four matrices of 8 places by 16 bytes of steps. Of the left, halves of
  /// places come before halves of steps; of the right, the other way round.
  Values load(Operand &operand, Value stage, int64_t step, Value place, bool placesFirst) {
    Values words = type.isF32() && !operand.byStep ? loadWords(operand, stage, step, place, placesFirst)
                                                   : loadMatrices(operand, stage, step, place, placesFirst);
    for (Value &word : words)
      if (type.isF32())
        word = emit.roundToTf32(word);
    return words;
  }

  /// Each lane names one row of one matrix: places if the tile lies by step,
  /// steps if it lies by place, and then the matrices come transposed.
  Values loadMatrices(Operand &operand, Value stage, int64_t step, Value place, bool placesFirst) {
    Value eight = emit.index(8), inside = emit.rem(lane, eight), low = emit.rem(emit.div(lane, eight), emit.index(2)),
          high = emit.div(lane, emit.index(16));
    Value ofStep = emit.mul(placesFirst ? high : low, half), ofPlace = emit.mul(placesFirst ? low : high, 8);
    Value &ofRow = operand.byStep ? ofPlace : ofStep;
    ofRow = emit.add(ofRow, inside);
    return emit.loadMatrices(operand.tiles, operand.tileAt(stage, emit.add(ofStep, step), emit.add(place, ofPlace)),
                             !operand.byStep);
  }

  /// The same one by one: only 16-bit elements come transposed.
  Values loadWords(Operand &operand, Value stage, int64_t step, Value place, bool placesFirst) {
    Value row = emit.add(place, emit.div(lane, emit.index(quad))), column = emit.rem(lane, emit.index(quad));
    Values words;
    for (int64_t i = 0; i < 4; ++i) {
      int64_t low = i % 2, high = i / 2, ofStep = (placesFirst ? high : low) * half,
              ofPlace = (placesFirst ? low : high) * 8;
      words.push_back(operand.read(stage, emit.add(column, step + ofStep), emit.add(row, ofPlace), 1));
    }
    return words;
  }

  DeviceEmitter &emit;
  Type type;
  int64_t depth, half, // of the steps of an instruction
      warpRows, warpColumns, tilesM, tilesN;
  Value lane, firstRow, firstColumn; // of the warp
};
} // namespace

std::unique_ptr<ThreadTile> dlc::makeMmaTile(DeviceKernel &kernel, Type type) {
  return std::make_unique<MmaTile>(kernel, type);
}
