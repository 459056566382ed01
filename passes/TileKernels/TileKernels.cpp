// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/TileKernels/TileKernels.h"
#include "passes/FormKernels/FormKernels.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_TILEKERNELS
#include "passes/TileKernels/TileKernels.h.inc"

namespace {

/// Fields of a schedule by name, with the values of a kernel nobody tunes.
struct Schedule {
  StringRef generator = "nest";
  int64_t lanes = 1, rows = 1, vectors = 1, unroll = 1, blockM = 0, blockK = 0;
  StringRef pack = "direct";
  int64_t grain = 1, prefetch = 0;
  ScheduleAttr get(MLIRContext *context) const {
    return ScheduleAttr::get(context, generator, lanes, rows, vectors, unroll, blockM, blockK, pack, grain, prefetch);
  }
};

/// Elements a task should have so that handing it out (about a microsecond)
/// costs a few percent at most: arithmetic of some tens of microseconds.
constexpr int64_t taskElements = 1 << 15;

int64_t bitsOf(Type type) { return type.isF16() || type.isBF16() ? 32 : type.getIntOrFloatBitWidth(); }

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
      reduced.assign(op.getAttrOfType<DenseI64ArrayAttr>("axes").asArrayRef().begin(), op.getAttrOfType<DenseI64ArrayAttr>("axes").asArrayRef().end());
  }
  int64_t perPlace = 1, outer = 0;
  for (auto [axis, dim] : llvm::enumerate(domain)) {
    bool last = axis + 1 == domain.size();
    if (last || llvm::is_contained(reduced, static_cast<int64_t>(axis)))
      perPlace = std::min<int64_t>(taskElements, perPlace * (dim.isConstant() ? std::max<int64_t>(1, dim.constant()) : 64));
    else
      ++outer;
  }
  bool lanesSplit = outer == 0 && (reduced.empty() || !llvm::is_contained(reduced, static_cast<int64_t>(domain.size()) - 1));
  if (lanesSplit) { // the lanes' axis is what tasks share: whole vectors
    int64_t columnWork = 1;
    for (int64_t axis : reduced)
      columnWork *= domain[axis].isConstant() ? std::max<int64_t>(1, domain[axis].constant()) : 64;
    schedule.grain = std::max<int64_t>(schedule.lanes, taskElements / std::max<int64_t>(1, columnWork) / schedule.lanes * schedule.lanes);
  } else {
    schedule.grain = std::max<int64_t>(1, taskElements / perPlace);
  }
  return schedule;
}

/// Register tile: rows x vectors accumulators, one vector a column group, and
/// (where loads do not fold into the multiplication) one broadcast.
Schedule contract(KernelOp kernel, ContractOp op, TargetAttr target) {
  DimAnalysis dims;
  Schedule schedule;
  schedule.generator = "contract";
  Type type = elementTypeOf(op.getResult());
  schedule.lanes = target.getVectorBits() / std::max<int64_t>(32, bitsOf(type));
  schedule.vectors = 2;
  schedule.rows = target.getVectorRegisters() >= 32 ? 14 : target.getFma() ? 6 : 4;
  schedule.unroll = 2; // 56 multiply-adds a trip hide the loop; more is only code
  ArrayRef<DimExpr> lhs = dims.of(op.getLhs());
  DimExpr m = lhs[op.freeAxes(false)[0]], k = lhs[op.getLhsContract()[0]];
  ArrayRef<DimExpr> rhs = dims.of(op.getRhs());
  DimExpr n = rhs[op.freeAxes(true)[0]];
  if (n.isConstant() && n.constant() <= schedule.lanes)
    schedule.vectors = 1;
  if (m.isConstant())
    schedule.rows = std::max<int64_t>(1, std::min(schedule.rows, m.constant()));
  bool contiguous = op.freeAxes(true)[0] > op.getRhsContract()[0];
  if (op.getRhs().getDefiningOp<UnpackOp>())
    schedule.pack = "prepared";
  else if (!contiguous || !isa<BlockArgument>(op.getRhs()))
    schedule.pack = "panel";
  // A block of A's rows should fill half of the second-level cache.
  if (k.isConstant() && k.constant() > 0) {
    int64_t rows = target.getL2() / 2 / (k.constant() * (bitsOf(type) / 8));
    schedule.blockM = std::max<int64_t>(1, rows / schedule.rows) * schedule.rows;
  }
  if (n.isConstant() && n.constant() <= schedule.lanes * schedule.vectors) // one panel: rows are all there is to share
    schedule.blockM = std::min<int64_t>(schedule.blockM ? schedule.blockM : 1 << 20, schedule.rows * 8);
  else if (!n.isConstant() || n.constant() / (schedule.lanes * schedule.vectors) < 4)
    schedule.blockM = std::min<int64_t>(schedule.blockM ? schedule.blockM : 1 << 20, schedule.rows * 16);
  return schedule;
}

struct TileKernels : impl::TileKernelsBase<TileKernels> {
  void runOnOperation() override {
    VariantOp variant = getOperation();
    for (KernelOp kernel : variant.getOps<KernelOp>()) {
      if (kernel.getScheduleAttr())
        continue;
      Schedule schedule;
      Operation *root = nullptr;
      for (Operation &op : kernel.getBody().front())
        if (partOf(&op) == Part::Root)
          root = &op;
      if (!root)
        schedule = nest(kernel, variant.getTarget());
      else if (auto op = dyn_cast<ContractOp>(root))
        schedule = contract(kernel, op, variant.getTarget());
      else
        schedule.generator = root->getName().stripDialect();
      kernel.setScheduleAttr(schedule.get(&getContext()));
    }
  }
};

} // namespace
} // namespace dlc
