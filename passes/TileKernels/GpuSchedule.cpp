// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Schedules for GPUs: how many threads share what, and what each holds.
#include "passes/Elements/NestPlan.h"
#include "passes/Elements/Tiles.h"
#include "passes/Elements/Turned.h"
#include "passes/FormKernels/FormKernels.h"
#include "passes/TileKernels/Schedule.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
constexpr int64_t threads = 256, warp = 32;
/// Blocks that keep a device busy: the processors of the smallest one in data centres.
constexpr int64_t processors = 108;

/// An extent where every dimension that is not known is 64.
int64_t assumed(const DimExpr &dim) {
  std::map<std::string, int64_t> values;
  for (const std::string &name : dim.symbols())
    values[name] = 64;
  return std::max<int64_t>(1, dim.evaluate(values).value_or(64));
}
/// Into how many parts to cut a sum that `blocks` blocks would make, so that all
/// processors have one; `rounds`: the most that leave each enough to do.
int64_t partsFor(int64_t blocks, int64_t rounds) {
  return blocks * 2 > processors ? 1 : std::clamp<int64_t>(rounds, 1, processors / blocks);
}
/// Threads of each vector of columns: a warp reads neighbouring columns of one row; few columns leave more threads to
/// each.
int64_t sharersOf(const DimExpr &columns, int64_t lanes) {
  int64_t vectors = llvm::PowerOf2Ceil(llvm::divideCeil(constantOr(columns, threads), lanes));
  return threads / std::clamp<int64_t>(vectors, 8, warp);
}
/// Registers of a thread that hold a row: half of what eight warps a scheduler leave it.
constexpr int64_t rowRegisters = 32;

/// Elements of a vector such that the widest of what is read and written is one access.
int64_t lanesFor(KernelOp kernel, TargetAttr target) {
  int64_t widest = 8;
  DimAnalysis dims;
  auto widen = [&](Value value) { // what is the same in all lanes, as a seed, is no access of theirs
    if (!dims.of(value).empty() && dims.of(value).back() != DimExpr(1))
      widest = std::max<int64_t>(widest, elementTypeOf(value).getIntOrFloatBitWidth());
  };
  llvm::for_each(kernel.getBody().front().getArguments(), widen);
  llvm::for_each(kernel.getBody().front().getTerminator()->getOperands(), widen);
  return std::min<int64_t>(8, target.getVectorBits() / widest);
}
/// At most `lanes`, such that rows of `last` are whole vectors.
int64_t lanesAlong(const DimExpr &last, int64_t lanes) {
  while (lanes > 1 && !(last.isConstant() && last.constant() > 0 && last.constant() % lanes == 0))
    lanes /= 2;
  return lanes;
}
int64_t lanesFor(KernelOp kernel, const NestPlan &plan, TargetAttr target) {
  if (plan.domain.empty())
    return 1;
  const DimExpr &last = plan.domain.back();
  int64_t lanes = lanesFor(kernel, target);
  bool oneAxis = llvm::all_of(ArrayRef(plan.domain).drop_back(), [](const DimExpr &dim) { return dim == DimExpr(1); });
  if (oneAxis && plan.phases.empty()) // a last vector that is not whole goes element by element
    return last.isConstant() && last.constant() < lanes ? 1 : lanes;
  return lanesAlong(last, lanes);
}

/// Cuts sums of few rows or columns into parts that all processors share.
Schedule cut(Schedule schedule, const NestPlan &plan) {
  constexpr int64_t enough = 8; // vectors of each thread
  int64_t places = 1;
  for (auto [axis, dim] : llvm::enumerate(plan.domain))
    if (!plan.folds(axis))
      places *= assumed(axis + 1 == plan.domain.size() ? dim.ceilDiv(schedule.lanes) : dim);
  int64_t length = assumed(plan.rowLength()) / (plan.lanesReduced() ? schedule.lanes : 1);
  schedule.parts = partsFor(llvm::divideCeil(places, threads / schedule.rows), length / (schedule.rows * enough));
  if (schedule.parts > 1)
    schedule.vectors = 0;
  return schedule;
}

/// The side of the tile in which transposed values are turned, if any: a vector or more for each thread, eight along
/// a row, and as much as fits.
int64_t tileSide(KernelOp kernel, const NestPlan &plan, int64_t lanes, TargetAttr target) {
  Turned turned = turnedIn(kernel, plan);
  int64_t side = lanes == 8 ? 64 : 32, bytes = 0;
  for (TransposeOp op : turned.ops)
    bytes += bytesOfTile(elementTypeOf(op.getResult()), side);
  return turned && bytes <= target.getL1() ? side : 0;
}

Schedule nest(KernelOp kernel, TargetAttr target) {
  NestPlan plan(kernel);
  Schedule schedule;
  schedule.lanes = lanesFor(kernel, plan, target);
  schedule.grain = threads;
  if (plan.phases.empty()) {
    schedule.blockM = tileSide(kernel, plan, schedule.lanes, target);
    return schedule;
  }
  DimExpr length = plan.rowLength();
  bool isKnown = length.isConstant() && length.constant() > 0;
  if (!plan.lanesReduced()) {
    DimExpr columns(1);
    for (auto [axis, dim] : llvm::enumerate(plan.domain))
      if (!plan.folds(axis))
        columns = columns * dim;
    schedule.rows = sharersOf(columns, schedule.lanes);
    if (isKnown)
      schedule.rows = std::min<int64_t>(schedule.rows, llvm::PowerOf2Ceil(length.constant()));
    schedule.vectors = 0;
    return cut(schedule, plan);
  }
  // Rows: part of a warp where that is enough, a warp to 1,024 elements, a block above.
  schedule.rows = threads;
  if (isKnown) {
    int64_t vectors = length.constant() / schedule.lanes, each = rowRegisters / schedule.lanes;
    schedule.rows = vectors <= warp * each ? std::min<int64_t>(warp, llvm::PowerOf2Ceil(vectors)) : threads;
    int64_t held = (vectors + schedule.rows - 1) / schedule.rows;
    schedule.vectors = held <= each ? held : 0;
  } else {
    schedule.vectors = 0;
  }
  return cut(schedule, plan);
}

/// A product by matrix instructions, where a warp has `rows` rows by `vectors` tiles of 8 columns. Where windows are
/// looked up, 128 sums a thread leave too few registers for it.
Schedule matrixUnits(Schedule schedule, bool isLarge, bool isNarrow, bool hasWindows, int64_t depth) {
  schedule.lanes = 8;
  schedule.vectors = isLarge && !hasWindows ? 8 : 4;
  schedule.rows = isLarge ? 64 : 32;
  schedule.grain = threads / 2;
  schedule.blockM = isLarge || isNarrow ? 128 : 64;
  schedule.blockK = depth; // 64 bytes
  return schedule;
}

/// Stages on their way to matrix instructions, which are done with one long before the next would be there: as many as
/// shared memory has room for with `blocks` on a processor, and three at most.
int64_t stagesAhead(const Schedule &schedule, int64_t blockN, Type type, int64_t blocks, TargetAttr target) {
  constexpr int64_t most = 3, ofTarget = 2; // a target's shared memory is that of one block of two
  int64_t stage =
      stageBytes(schedule.blockM, schedule.blockK, type, target) + stageBytes(blockN, schedule.blockK, type, target);
  return std::clamp<int64_t>(target.getL1() * ofTarget / blocks / stage - 1, 1, most);
}

/// The product of `batches` matrices of m rows by n columns: a block's tile is
/// 128 x 128 where there are enough of those to fill a device and the epilogue is
/// short, else 64 x 64; with few columns it is as wide as they are.
Schedule matrixProduct(KernelOp kernel, Operation *op, const DimExpr &batches, const DimExpr &rows,
                       const DimExpr &columns, const DimExpr &steps, TargetAttr target) {
  Schedule schedule;
  schedule.generator = op->getName().stripDialect();
  schedule.grain = threads;
  int64_t bits = bitsOf(elementTypeOf(op->getResult(0)));
  constexpr int64_t most = 4, large = 128; // rows are whole groups of lanes
  schedule.lanes = std::min(most, target.getVectorBits() / bits);
  int64_t m = assumed(rows), n = assumed(columns);
  bool fills = assumed(batches) * (m / large) * (n / large) >= processors;
  bool isLarge = fills && bits == 32 && !hasLongEpilogue(kernel);
  schedule.rows = isLarge ? 8 : 4;
  schedule.vectors = most / schedule.lanes * (isLarge ? 2 : 1);
  schedule.blockM = isLarge ? large : large / 2;
  bool isNarrow = !isLarge && n <= large / 4 && m >= large; // half of 64 columns would be none
  if (isNarrow)
    schedule.blockM = large;
  schedule.blockK = 16;
  schedule.prefetch = 1; // the next tile is on its way
  Type type = elementTypeOf(op->getResult(0));
  int64_t blockN = isLarge ? large : isNarrow ? large / 4 : large / 2;
  if (usesMatrixUnits(type, target)) {
    bool hasWindows = !isa<ContractOp>(op);
    schedule = matrixUnits(schedule, isLarge, isNarrow, hasWindows, type.isF32() ? 16 : 32);
    blockN = isLarge && hasWindows ? large / 2 : blockN;
    schedule.prefetch = stagesAhead(schedule, blockN, type, blockN == large ? 2 : 3, target);
  }
  if (isa<ConvInputGradOp>(op)) // which may make sums again
    return schedule;
  constexpr int64_t enough = 8; // stages of a part
  int64_t tiles = assumed(batches) * llvm::divideCeil(m, schedule.blockM) * llvm::divideCeil(n, blockN);
  schedule.parts = partsFor(tiles, assumed(steps) / schedule.blockK / enough);
  return schedule;
}

Schedule contract(KernelOp kernel, ContractOp op, TargetAttr target) {
  DimAnalysis dims;
  ArrayRef<DimExpr> result = dims.of(op.getResult());
  Schedule schedule = matrixProduct(kernel, op, result.size() > 2 ? result[0] : DimExpr(1), result[result.size() - 2],
                                    result.back(), dims.of(op.getLhs())[op.getLhsContract()[0]], target);
  if (op.getRhs().getDefiningOp<UnpackOp>())
    schedule.pack = "prepared";
  return schedule;
}

/// Whether a product for each group would have next to no columns, of next to no steps a tap.
bool hasFewChannels(ArrayRef<DimExpr> filter, int64_t groups) {
  constexpr int64_t few = 16;
  if (groups == 1 || !filter.back().isConstant() || !filter[filter.size() - 2].isConstant())
    return false;
  return filter.back().constant() / groups * filter[filter.size() - 2].constant() <= few;
}

/// A convolution in groups of few channels, or one of its gradients: a vector of channels for each thread.
Schedule convolveGroups(Operation *op, ArrayRef<DimExpr> filter, ArrayRef<DimExpr> small, TargetAttr target) {
  DimAnalysis dims;
  ArrayRef<DimExpr> result = dims.of(op->getResult(0));
  Type element = elementTypeOf(op->getResult(0));
  Schedule schedule;
  schedule.generator = op->getName().stripDialect();
  schedule.grain = threads;
  schedule.lanes =
      lanesAlong(result.back(), std::min<int64_t>(8, target.getVectorBits() / element.getIntOrFloatBitWidth()));
  DimExpr taps = product(filter.drop_back(2)), vectors = result.back().ceilDiv(schedule.lanes);
  int64_t words = schedule.lanes * llvm::divideCeil(bitsOf(element), 32); // of a sum
  if (!isa<ConvFilterGradOp>(op)) {
    // As many neighbours as leave each processor two blocks: they share what they read, if that is one channel each.
    int64_t places = assumed(product(result.drop_back())) * assumed(vectors),
            along = assumed(result[result.size() - 2]);
    bool isOne = filter[filter.size() - 2] == DimExpr(1) && filter.back() == result.back();
    bool isVolume = result.size() == 5; // a third axis takes what neighbours would, and more
    int64_t most = isVolume ? 1 : 4, registers = 16;
    schedule.grain = isVolume ? threads / 2 : threads;
    schedule.rows = isOne ? std::min(most, registers / words) : 1;
    while (schedule.rows > 1 && (schedule.rows > along || places / (schedule.rows * threads) < 2 * processors))
      schedule.rows /= 2;
    return schedule;
  }
  // Taps in as many registers as leave room for what is read; half of that for part of a window, whose places take
  // some.
  constexpr int64_t registers = 80, most = 27, enough = 8; // pixels of each thread
  int64_t count = constantOr(taps, 1), held = std::min(most, registers / words);
  if (count > held)
    held /= 2;
  schedule.vectors = llvm::divideCeil(count, llvm::divideCeil(count, held));
  DimExpr columns = taps.ceilDiv(schedule.vectors) * filter[filter.size() - 2] * vectors;
  schedule.rows = sharersOf(columns, 1);
  int64_t blocks = llvm::divideCeil(assumed(columns), threads / schedule.rows);
  schedule.parts = partsFor(blocks, assumed(product(small.drop_back())) / (schedule.rows * enough));
  return schedule;
}

/// Rows are pixels, or places of the filter; columns the channels of a group.
Schedule convolve(KernelOp kernel, Operation *op, TargetAttr target) {
  DimAnalysis dims;
  ArrayRef<DimExpr> filter = dims.of(isa<ConvFilterGradOp>(op) ? op->getResult(0) : op->getOperand(1)),
                    small = dims.of(isa<ConvOp>(op)            ? op->getResult(0)
                                    : isa<ConvInputGradOp>(op) ? op->getOperand(0)
                                                               : op->getOperand(1));
  if (hasFewChannels(filter, op->getAttrOfType<IntegerAttr>("groups").getInt()))
    return convolveGroups(op, DimVector(filter), DimVector(small), target);
  ArrayRef<DimExpr> result = dims.of(op->getResult(0));
  DimExpr groups(op->getAttrOfType<IntegerAttr>("groups").getInt());
  DimExpr rows = product(result.drop_back());
  ArrayRef<DimExpr> other = dims.of(op->getOperand(1)); // filter, or y
  DimExpr steps = product(other.drop_back());
  Schedule schedule = matrixProduct(kernel, op, groups, rows, result.back().floorDiv(groups), steps, target);
  if (packedFilterOf(op->getOperand(1)))
    schedule.pack = "prepared";
  return schedule;
}
} // namespace

Schedule dlc::gpuSchedule(KernelOp kernel, Operation *root, TargetAttr target) {
  if (!root)
    return nest(kernel, target);
  if (auto op = dyn_cast<ContractOp>(root))
    return contract(kernel, op, target);
  if (isa<ConvOp, ConvInputGradOp, ConvFilterGradOp>(root))
    return convolve(kernel, root, target);
  DimAnalysis dims;
  ArrayRef<DimExpr> result = dims.of(root->getResult(0));
  Schedule schedule;
  schedule.generator = root->getName().stripDialect();
  schedule.grain = threads;
  auto axis = root->getAttrOfType<IntegerAttr>("axis"); // of scatters and running sums
  bool isInnermost = axis && axis.getInt() + 1 == static_cast<int64_t>(result.size());
  int64_t bits = elementTypeOf(root->getResult(0)).getIntOrFloatBitWidth();
  if (!isInnermost) // pools: along channels
    schedule.lanes = lanesAlong(result.back(), std::min<int64_t>(8, target.getVectorBits() / bits));
  if (isa<ScatterAddOp>(root)) { // a warp looks through all indices for each row: it should hold much of one
    int64_t columns = 1;
    for (const DimExpr &dim : result.drop_front(axis.getInt() + 1))
      columns *= constantOr(dim, warp);
    schedule.vectors = std::clamp<int64_t>(columns / (schedule.lanes * warp), 1, 4);
  }
  return schedule;
}
