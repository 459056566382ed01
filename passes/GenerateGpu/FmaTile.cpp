// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/GenerateGpu/ThreadTile.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
/// Rows and columns of one thread lie in groups of `lanes`, so that what
/// neighbours read of a group is side by side and meets no bank twice.
class FmaTile : public ThreadTile {
public:
  FmaTile(DeviceKernel &kernel, Type elementType) : emit(kernel.device), depth(kernel.schedule.getBlockK()) {
    ScheduleAttr schedule = kernel.schedule;
    lanes = schedule.getLanes();
    rows = schedule.getRows();
    vectors = schedule.getVectors();
    down = schedule.getBlockM() / rows;
    across = kernel.threads() / down;
    blockN = across * vectors * lanes;
    stored = type = emit.computed(elementType);
    own = emit.div(emit.thread(), emit.index(across));
    ownColumn = emit.rem(emit.thread(), emit.index(across));
  }

  Values zeros() override { return Values(rows * vectors, emit.zeroOf(emit.vectorOf(type, lanes))); }

  Value row(Value number) override {
    Value group = emit.div(number, emit.index(lanes)), inside = emit.rem(number, emit.index(lanes));
    return emit.add(emit.mul(own, lanes), emit.add(emit.mul(group, down * lanes), inside));
  }
  Value column(Value vector) override { return emit.add(emit.mul(ownColumn, lanes), emit.mul(vector, across * lanes)); }

  void multiply(Operand &left, Operand &right, Value stage, Values &sums) override {
    for (int64_t step = 0; step < depth; step += lanes)
      multiplySteps(left, right, stage, emit.index(step), sums);
  }

private:
  void multiplySteps(Operand &a, Operand &b, Value stage, Value step, Values &sums) {
    Values right; // [step][vector]
    for (int64_t k = 0; k < lanes; ++k)
      for (int64_t v = 0; v < vectors; ++v)
        right.push_back(b.read(stage, emit.add(step, k), column(emit.index(v)), lanes));
    for (int64_t group = 0; group < rows; group += lanes) {
      Values left; // vectors over the group's rows for each step, or over steps for each row
      for (int64_t i = 0; i < lanes; ++i)
        left.push_back(a.byStep ? a.read(stage, step, row(emit.index(group + i)), lanes)
                                : a.read(stage, emit.add(step, i), row(emit.index(group)), lanes));
      for (int64_t k = 0; k < lanes; ++k)
        for (int64_t i = 0; i < lanes; ++i) {
          Value element =
              a.byStep ? emit.create<vector::ExtractOp>(left[i], k) : emit.create<vector::ExtractOp>(left[k], i);
          for (int64_t v = 0; v < vectors; ++v)
            add(emit.splat(element, lanes), right[k * vectors + v], sums[(group + i) * vectors + v]);
        }
    }
  }
  void add(Value factor, Value other, Value &sum) {
    sum = isa<FloatType>(type) ? Value(emit.create<math::FmaOp>(factor, other, sum))
                               : Value(emit.create<arith::AddIOp>(sum, emit.create<arith::MulIOp>(factor, other)));
  }

  DeviceEmitter &emit;
  int64_t depth, down, across;
  Type type;
  Value own, ownColumn; // this thread's place among the block's
};
} // namespace

std::unique_ptr<ThreadTile> dlc::makeFmaTile(DeviceKernel &kernel, Type type) {
  return std::make_unique<FmaTile>(kernel, type);
}
