// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/TileKernels/TileKernels.h"
#include "passes/Elements/Target.h"
#include "passes/EmitRemarks/Remarks.h"
#include "passes/FormKernels/FormKernels.h"
#include "passes/TileKernels/Schedule.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_TILEKERNELS
#include "passes/TileKernels/TileKernels.h.inc"

namespace {

/// Elements a task should have so that handing it out (about a microsecond)
/// costs a few percent at most: arithmetic of some tens of microseconds.
constexpr int64_t taskElements = 1 << 15;

/// Lanes are counted in f32 (or f64) so that masks and mixed types agree in number.
int64_t lanesFor(Block &body, TargetAttr target) {
  int64_t widest = 32;
  for (Operation &op : body)
    for (Value result : op.getResults())
      if (isa<FloatType>(elementTypeOf(result)))
        widest = std::max(widest, bitsOf(elementTypeOf(result)));
  return target.getVectorBits() / widest;
}

Schedule nest(KernelOp kernel, TargetAttr target) {
  Block &body = kernel.getBody().front();
  Schedule schedule;
  schedule.lanes = lanesFor(body, target);
  DimAnalysis dims;
  // A grain is counted in places of the loop that is split: elements of one row, or lanes.
  DimVector domain;
  SmallVector<int64_t> reduced;
  for (Operation &op : body) {
    for (Value operand : op.getOperands())
      if (partOf(&op) == Part::Reduce || isa<YieldOp>(op))
        if (dims.of(operand).size() >= domain.size() &&
            (partOf(&op) == Part::Reduce || domain.empty() || dims.of(operand).size() > domain.size()))
          domain = DimVector(dims.of(operand));
    if (partOf(&op) == Part::Reduce)
      reduced.assign(op.getAttrOfType<DenseI64ArrayAttr>("axes").asArrayRef().begin(),
                     op.getAttrOfType<DenseI64ArrayAttr>("axes").asArrayRef().end());
  }
  int64_t perPlace = 1, outer = 0;
  for (auto [axis, dim] : llvm::enumerate(domain)) {
    bool last = axis + 1 == domain.size();
    if (last || llvm::is_contained(reduced, static_cast<int64_t>(axis)))
      perPlace =
          std::min<int64_t>(taskElements, perPlace * (dim.isConstant() ? std::max<int64_t>(1, dim.constant()) : 64));
    else
      ++outer;
  }
  bool lanesSplit =
      outer == 0 && (reduced.empty() || !llvm::is_contained(reduced, static_cast<int64_t>(domain.size()) - 1));
  if (lanesSplit) { // the lanes' axis is what tasks share: whole vectors
    int64_t columnWork = 1;
    for (int64_t axis : reduced)
      columnWork *= domain[axis].isConstant() ? std::max<int64_t>(1, domain[axis].constant()) : 64;
    schedule.grain = std::max<int64_t>(schedule.lanes, taskElements / std::max<int64_t>(1, columnWork) /
                                                           schedule.lanes * schedule.lanes);
    schedule.because("tasks of " + Twine(schedule.grain) + " columns have about " + Twine(taskElements) + " elements");
  } else {
    schedule.grain = std::max<int64_t>(1, taskElements / perPlace);
    schedule.because("tasks of " + Twine(schedule.grain) + " rows of " + Twine(perPlace) + " elements have about " +
                     Twine(taskElements));
  }
  return schedule;
}

/// Rows of a tile such that tiles of `extent` places are about equally long.
int64_t balanced(const DimExpr &extent, int64_t most) {
  if (!extent.isConstant() || extent.constant() <= 0)
    return most;
  int64_t tiles = (extent.constant() + most - 1) / most;
  return (extent.constant() + tiles - 1) / tiles;
}

/// Chooses a register tile of two vectors of columns: rows x vectors sums, a row
/// of columns and a broadcast share the registers, and a product where there is
/// no multiply-add. That leaves one register or none, and so one step a trip:
/// with two, LLVM loads ahead for the second until sums go to the stack.
void chooseTile(Schedule &schedule, TargetAttr target) {
  schedule.vectors = 2;
  int64_t others = schedule.vectors + (target.getFma() ? 1 : 2);
  schedule.rows = (target.getVectorRegisters() - others) / schedule.vectors;
}

Schedule contract(KernelOp kernel, ContractOp op, TargetAttr target) {
  DimAnalysis dims;
  Schedule schedule;
  schedule.generator = "contract";
  Type type = elementTypeOf(op.getResult());
  schedule.lanes = target.getVectorBits() / std::max<int64_t>(32, bitsOf(type));
  chooseTile(schedule, target);
  schedule.because(Twine(schedule.rows) + " x " + Twine(schedule.vectors) + " sums fit the " +
                   Twine(target.getVectorRegisters()) + " vector registers");
  ArrayRef<DimExpr> lhs = dims.of(op.getLhs());
  DimExpr m = lhs[op.freeAxes(false)[0]], k = lhs[op.getLhsContract()[0]];
  ArrayRef<DimExpr> rhs = dims.of(op.getRhs());
  DimExpr n = rhs[op.freeAxes(true)[0]];
  if (n.isConstant() && n.constant() <= schedule.lanes) {
    schedule.vectors = 1;
    schedule.because("one vector holds the " + Twine(n.constant()) + " columns");
  }
  if (m.isConstant() && m.constant() < schedule.rows) {
    schedule.rows = std::max<int64_t>(1, m.constant());
    schedule.because("there are " + Twine(m.constant()) + " rows");
  }
  bool contiguous = op.freeAxes(true)[0] > op.getRhsContract()[0];
  if (op.getRhs().getDefiningOp<UnpackOp>())
    schedule.pack = "prepared";
  else if (!contiguous || !isa<BlockArgument>(op.getRhs()))
    schedule.pack = "panel";
  // Rows a multiple of a page apart meet in one set of the first cache, which has
  // fewer ways than the tile has rows (1024^3: 88 GF/s; with the rows staged, 115).
  constexpr int64_t page = 4096, ways = 8;
  bool rowsLieApart = k.isConstant() && k.constant() > 0 && k.constant() * (bitsOf(type) / 8) % page == 0 &&
                      op.getLhsContract()[0] > op.freeAxes(false)[0];
  schedule.stageRows = rowsLieApart && schedule.rows > ways &&
                       (!n.isConstant() || n.constant() >= 2 * schedule.lanes * schedule.vectors);
  // Few rows wait for B. A panel is one stream, which hardware follows too late.
  schedule.prefetch = 16;
  // The piece of a panel that a tile's rows pass over should stay in half of the second-level cache.
  int64_t panelRow = schedule.lanes * schedule.vectors * (bitsOf(type) / 8),
          fittingSteps = target.getL2() / 2 / panelRow;
  if (k.isConstant() && k.constant() > fittingSteps)
    schedule.blockK = balanced(k, fittingSteps);
  if (schedule.stageRows)
    schedule.because("rows are staged: they lie whole pages apart");
  if (schedule.blockK)
    schedule.because(Twine(schedule.blockK) + " steps of a panel fill half of the second-level cache");
  schedule.because(schedule.pack == "prepared" ? "columns were packed ahead of calls"
                   : schedule.pack == "direct" ? "columns lie side by side already"
                                               : "columns are packed: they do not lie side by side");
  // A block of A's rows should fill half of the second-level cache.
  if (k.isConstant() && k.constant() > 0) {
    int64_t rows = target.getL2() / 2 / (k.constant() * (bitsOf(type) / 8));
    schedule.blockM = std::max<int64_t>(1, rows / schedule.rows) * schedule.rows;
    schedule.because(Twine(schedule.blockM) + " rows of " + Twine(k.constant()) +
                     " fill half of the second-level cache of " + Twine(target.getL2()) + " bytes");
  }
  int64_t width = schedule.lanes * schedule.vectors, bytes = bitsOf(type) / 8;
  // Many rows over a B that stays in the cache (a weight's gradient: k is the
  // batch): a task has whole rows. Split by panels, the tasks' pieces of a row
  // lie side by side, and each processor's prefetcher takes lines that another
  // is writing (mlp-512's step: two threads 2.3 ms, one 1.3).
  constexpr int64_t tasks = 16, assumedK = 128;
  if (m.isConstant() && m.constant() >= tasks * 4 && n.isConstant() && n.constant() > width &&
      n.constant() * constantOr(k, assumedK) * bytes <= target.getL2() / 2) {
    int64_t rows = (m.constant() + tasks - 1) / tasks;
    schedule.blockM = (rows + schedule.rows - 1) / schedule.rows * schedule.rows;
    schedule.grain = (n.constant() + width - 1) / width;
    schedule.because("tasks of " + Twine(schedule.blockM) +
                     " whole rows: the columns' operand stays in the cache, and no two tasks write into one row");
    return schedule;
  }
  int64_t fitting = schedule.blockM;
  if (n.isConstant() && n.constant() <= schedule.lanes * schedule.vectors) // one panel: rows are all there is to share
    schedule.blockM = std::min<int64_t>(schedule.blockM ? schedule.blockM : 1 << 20, schedule.rows * 8);
  else if (!n.isConstant() || n.constant() / (schedule.lanes * schedule.vectors) < 4)
    schedule.blockM = std::min<int64_t>(schedule.blockM ? schedule.blockM : 1 << 20, schedule.rows * 16);
  if (schedule.blockM != fitting)
    schedule.because("blocks of " + Twine(schedule.blockM) + " rows leave work to share where columns are few");
  return schedule;
}

/// Multiplications a task of a convolution should have: some tens of microseconds.
constexpr int64_t taskMultiplications = 1 << 20;

/// What the three convolutions share, over channels-last operands. `columns`:
/// channels of one group that the lanes run over; `w`: the filter.
Schedule convolution(Operation *op, const DimExpr &columns, TargetAttr target) {
  Schedule schedule;
  schedule.generator = op->getName().stripDialect();
  schedule.lanes = target.getVectorBits() / std::max<int64_t>(32, bitsOf(elementTypeOf(op->getResult(0))));
  chooseTile(schedule, target);
  if (constantOr(columns, 1 << 20) <= schedule.lanes)
    schedule.vectors = 1;
  return schedule;
}

/// Rows of the image that a unit of work has, given the multiplications in a
/// row and the bytes that a row's windows meet; and in a task, counted in the
/// panels of columns that a unit has.
void cutRows(Schedule &schedule, const DimExpr &rows, int64_t perRow, int64_t rowBytes, int64_t panels,
             TargetAttr target) {
  int64_t all = constantOr(rows, 64);
  // Enough rows to be worth a task (eight at least: neighbours read their
  // borders twice), few enough for half of the cache; small images stay whole.
  int64_t wanted = std::max<int64_t>(8, taskMultiplications / std::max<int64_t>(1, perRow));
  if (perRow * all <= 2 * taskMultiplications)
    wanted = all;
  int64_t fitting = std::max<int64_t>(1, target.getL2() / 2 / std::max<int64_t>(1, rowBytes));
  schedule.blockM = balanced(DimExpr(all), std::min({all, wanted, fitting}));
  schedule.because("units of " + Twine(schedule.blockM) + " of " + Twine(all) + " rows, " + Twine(perRow) +
                   " multiplications and " + Twine(rowBytes) + " bytes each, fit half of the second-level cache of " +
                   Twine(target.getL2()) + " bytes");
  int64_t perPanel = std::max<int64_t>(1, perRow * schedule.blockM / panels);
  int64_t grain = std::max<int64_t>(1, taskMultiplications / perPanel);
  if (grain >= panels) { // whole units
    schedule.grain = grain / panels * panels;
    schedule.because("a task has whole units");
    return;
  }
  // Parts of a unit each lay out its pixels anew: fewer and larger.
  grain = std::min(panels, std::max<int64_t>(1, 4 * taskMultiplications / perPanel));
  int64_t parts = (panels + grain - 1) / grain;
  schedule.grain = (panels + parts - 1) / parts;
  schedule.because("a task has " + Twine(schedule.grain) + " of a unit's " + Twine(panels) + " panels of columns");
}

/// Forward and towards the input.
Schedule convolve(KernelOp kernel, Operation *op, TargetAttr target) {
  DimAnalysis dims;
  bool backward = isa<ConvInputGradOp>(op);
  int64_t groups = op->getAttrOfType<IntegerAttr>("groups").getInt();
  ArrayRef<DimExpr> w = dims.of(op->getOperand(1)), y = dims.of(op->getResult(0)), x = dims.of(op->getOperand(0));
  DimExpr out = w[w.size() - 1].floorDiv(DimExpr(groups)), in = w[w.size() - 2];
  DimExpr columns = backward ? in : out, summed = backward ? out : in;
  Schedule schedule = convolution(op, columns, target);
  DimExpr across = y[y.size() - 2];
  int64_t most = schedule.rows;
  if (backward) // a stride's phases are as many narrower images
    across = across.ceilDiv(op->getAttrOfType<DenseI64ArrayAttr>("strides").asArrayRef().back());
  schedule.rows = balanced(across, most);
  // A narrow image's tile is several of its rows: the filter passes by once for
  // all of them. Tall tiles beat wide ones (14 x 32 reaches 97% of the peak, 7 x 64
  // 90%): a panel of the filter stays in the first two cache levels.
  if (y.size() > 3 && across.isConstant() && across.constant() > 0 && 2 * across.constant() <= most)
    schedule.rows = std::min(most / across.constant(), constantOr(y[y.size() - 3], most)) * across.constant();
  // One panel of the filter as it lies is as good as a packed one.
  bool wide = elementTypeOf(op->getResult(0)).isF32() || elementTypeOf(op->getResult(0)).isF64();
  bool onePanel = groups == 1 && constantOr(columns, 1 << 20) <= schedule.lanes * schedule.vectors;
  schedule.pack = wide && onePanel && !backward ? "direct" : "panel";
  if (packedFilterOf(op->getOperand(1)))
    schedule.pack = "prepared";
  schedule.because(Twine(schedule.rows) + " x " + Twine(schedule.vectors) + " sums fit the " +
                   Twine(target.getVectorRegisters()) + " vector registers and divide rows evenly");
  schedule.because(schedule.pack == "direct"  ? "the filter is one panel as it lies"
                   : schedule.pack == "panel" ? "the filter is packed into panels"
                                              : "the filter was packed ahead of calls");
  int64_t taps = 1;
  for (const DimExpr &tap : w.drop_back(2))
    taps *= constantOr(tap, 3);
  // A long panel is one stream from memory, which hardware follows too late (the last
  // stage of ResNet-18, 512 channels of 7 x 7: 2.27 ms a layer, 32 steps ahead 2.07).
  int64_t panelBytes =
      taps * constantOr(summed, 64) * schedule.lanes * schedule.vectors * bitsOf(elementTypeOf(op->getOperand(1))) / 8;
  if (schedule.pack == "prepared" && panelBytes > target.getL2() / 4) {
    schedule.prefetch = 32;
    schedule.because("a panel of " + Twine(panelBytes) + " bytes comes from memory");
  }
  int64_t perRow = constantOr(across, 64) * taps * constantOr(summed, 64) * constantOr(w[w.size() - 1], 64);
  if (backward)
    perRow = constantOr(across, 64) * taps * constantOr(summed, 64) * constantOr(in, 64) * groups;
  int64_t rowBytes =
      constantOr(x[x.size() - 2], 64) * constantOr(x.back(), 64) * bitsOf(elementTypeOf(op->getResult(0))) / 8;
  bool flat = y.size() == 3; // the only spatial axis is a row
  int64_t width = schedule.lanes * schedule.vectors, columnsPerGroup = constantOr(columns, 64);
  bool depthwise = groups > 1 && in == DimExpr(1) && out == DimExpr(1);
  int64_t panels =
      depthwise ? (groups + schedule.lanes - 1) / schedule.lanes : groups * ((columnsPerGroup + width - 1) / width);
  cutRows(schedule, flat ? DimExpr(1) : y[y.size() - 3], perRow, rowBytes, panels, target);
  return schedule;
}

Schedule filterGradient(KernelOp kernel, ConvFilterGradOp op, TargetAttr target) {
  DimAnalysis dims;
  int64_t groups = op.getGroups();
  ArrayRef<DimExpr> w = dims.of(op.getResult()), y = dims.of(op.getCotangent()), x = dims.of(op.getInput());
  DimExpr out = w[w.size() - 1].floorDiv(DimExpr(groups)), in = w[w.size() - 2];
  Schedule schedule = convolution(op, out, target);
  int64_t run = constantOr(in, 64) * constantOr(w[w.size() - 3], 3);
  if (groups > 1)
    run = constantOr(in, 64);
  if (run >= schedule.rows)
    schedule.rows = balanced(DimExpr(run), schedule.rows);
  int64_t taps = 1;
  for (const DimExpr &tap : w.drop_back(2))
    taps *= constantOr(tap, 3);
  int64_t filterElements = taps * constantOr(in, 64) * constantOr(w[w.size() - 1], 64);
  int64_t bytes = bitsOf(elementTypeOf(op.getResult())) / 8, width = constantOr(y[y.size() - 2], 64);
  bool flat = y.size() == 3;
  cutRows(schedule, flat ? DimExpr(1) : y[y.size() - 3], width * filterElements,
          (constantOr(x[x.size() - 2], 64) * constantOr(x.back(), 64) + width * constantOr(y.back(), 64)) * bytes, 1,
          target);
  schedule.grain = 1;
  // Chunks of pixels with sums of their own: enough to share, while the sums stay small.
  schedule.blockK = std::clamp<int64_t>((int64_t(8) << 20) / (filterElements * bytes), 1, 16);
  schedule.because(Twine(schedule.blockK) + " chunks of pixels have sums of their own, " +
                   Twine(filterElements * bytes) + " bytes each");
  return schedule;
}

Schedule pool(KernelOp kernel, Operation *op, TargetAttr target) {
  DimAnalysis dims;
  Schedule schedule;
  schedule.generator = op->getName().stripDialect();
  schedule.lanes = target.getVectorBits() / std::max<int64_t>(32, bitsOf(elementTypeOf(op->getResult(0))));
  ArrayRef<DimExpr> large = dims.of(isa<SumPoolGradOp>(op) ? op->getResult(0) : op->getOperand(0));
  // The rows of an image are what tasks share.
  schedule.grain =
      std::max<int64_t>(1, taskElements / (constantOr(large[large.size() - 2], 64) * constantOr(large.back(), 64)));
  return schedule;
}

/// Scatter and running sums: lanes along the innermost axis.
Schedule fold(KernelOp kernel, Operation *op, TargetAttr target) {
  Schedule schedule;
  schedule.generator = op->getName().stripDialect();
  schedule.lanes = target.getVectorBits() / std::max<int64_t>(32, bitsOf(elementTypeOf(op->getResult(0))));
  if (auto cumsum = dyn_cast<CumsumOp>(op)) {
    DimAnalysis dims;
    DimExpr length = dims.of(op->getResult(0))[cumsum.getAxis()];
    schedule.grain = std::max<int64_t>(1, taskElements / 4 / constantOr(length, 64));
  }
  return schedule;
}

/// Says what was chosen and why.
void say(Remarks &remarks, KernelOp kernel, const Schedule &schedule) {
  StringRef name = kernel.getSymName();
  auto &remark = remarks.passed("Scheduled", kernel.getLoc(), name);
  remark.say(schedule.reasons.empty() ? std::string("the generator decides all but lanes and grain")
                                      : llvm::join(schedule.reasons, "; "));
  remark.with("Kernel", name)
      .with("Generator", schedule.generator)
      .with("Lanes", schedule.lanes)
      .with("Rows", schedule.rows);
  remark.with("Vectors", schedule.vectors)
      .with("Unroll", schedule.unroll)
      .with("BlockM", schedule.blockM)
      .with("BlockK", schedule.blockK);
  remark.with("Pack", schedule.pack).with("Grain", schedule.grain).with("Prefetch", schedule.prefetch);
}

struct TileKernels : impl::TileKernelsBase<TileKernels> {
  void runOnOperation() override {
    VariantOp variant = getOperation();
    Remarks remarks(variant, "tiling");
    for (KernelOp kernel : variant.getOps<KernelOp>()) {
      if (kernel.getScheduleAttr()) {
        if (remarks.wanted())
          remarks.missed("Kept", kernel.getLoc(), kernel.getSymName())
              .say("the schedule is its author's; nothing was chosen")
              .with("Kernel", kernel.getSymName());
        continue;
      }
      Schedule schedule;
      Operation *root = nullptr;
      for (Operation &op : kernel.getBody().front())
        if (partOf(&op) == Part::Root)
          root = &op;
      if (isGpu(variant.getTarget()))
        schedule = gpuSchedule(kernel, root, variant.getTarget());
      else if (!root)
        schedule = nest(kernel, variant.getTarget());
      else if (auto op = dyn_cast<ContractOp>(root))
        schedule = contract(kernel, op, variant.getTarget());
      else if (isa<ConvOp, ConvInputGradOp>(root))
        schedule = convolve(kernel, root, variant.getTarget());
      else if (auto op = dyn_cast<ConvFilterGradOp>(root))
        schedule = filterGradient(kernel, op, variant.getTarget());
      else if (isa<MaxPoolOp, MaxPoolGradOp, MaxPoolPickOp, SumPoolOp, SumPoolGradOp>(root))
        schedule = pool(kernel, root, variant.getTarget());
      else if (isa<ScatterAddOp, CumsumOp>(root))
        schedule = fold(kernel, root, variant.getTarget());
      else
        schedule.generator = root->getName().stripDialect();
      kernel.setScheduleAttr(schedule.get(&getContext()));
      if (remarks.wanted())
        say(remarks, kernel, schedule);
    }
  }
};

} // namespace
} // namespace dlc
