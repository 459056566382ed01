// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Schedules may be written by hand. What the generators below rely on is
// checked here, once, in the schedule's own words; what passes is obeyed.
#include "passes/FormKernels/FormKernels.h"
#include "passes/GenerateCpu/Generators.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {
class Checking {
public:
  Checking(KernelOp kernel, TargetAttr target) : kernel(kernel), schedule(kernel.getScheduleAttr()), target(target) {
    for (Operation &op : kernel.getBody().front())
      if (partOf(&op) == Part::Root)
        root = &op;
  }

  LogicalResult run() {
    if (failed(checkGenerator()) || failed(checkSizes()))
      return failure();
    return isa_and_nonnull<ContractOp>(root)                                  ? checkContraction()
           : isa_and_nonnull<ConvOp, ConvInputGradOp, ConvFilterGradOp>(root) ? checkConvolution()
                                                                              : success();
  }

private:
  /// "'dl.kernel' op schedule has FIELD VALUE, "
  InFlightDiagnostic refuse(StringRef field, const Twine &value) {
    return kernel.emitOpError() << "@" << kernel.getSymName() << ": schedule has " << field << " = " << value.str()
                                << ", ";
  }

  LogicalResult checkGenerator() {
    StringRef expected = root ? root->getName().stripDialect() : StringRef("nest");
    if (schedule.getGenerator() != expected)
      return refuse("generator", "'" + schedule.getGenerator() + "'")
             << "expected '" << expected << "' for " << (root ? "its root" : "a kernel without root");
    return success();
  }

  LogicalResult checkSizes() {
    int64_t lanes = schedule.getLanes(), widest = std::max<int64_t>(1, target.getVectorBits() / 32);
    if (lanes < 1 || lanes > widest || !llvm::isPowerOf2_64(lanes))
      return refuse("lanes", Twine(lanes))
             << "expected a power of two up to the " << widest << " lanes of the target's vectors";
    constexpr int64_t most = 64; // each multiplies the innermost loop's code
    for (auto [field, value] : {std::pair("rows", schedule.getRows()), std::pair("vectors", schedule.getVectors()),
                                std::pair("unroll", schedule.getUnroll())})
      if (value < 1 || value > most)
        return refuse(field, Twine(value)) << "expected 1 to " << most;
    if (schedule.getGrain() < 1 || schedule.getGrain() > int64_t(1) << 40)
      return refuse("grain", Twine(schedule.getGrain())) << "expected the units of work of a task, at least 1";
    for (auto [field, value] : {std::pair("block_m", schedule.getBlockM()), std::pair("block_k", schedule.getBlockK())})
      if (value < 0 || value > int64_t(1) << 40)
        return refuse(field, Twine(value)) << "expected 0 (none) or a number of rows";
    bool contracts = isa_and_nonnull<ContractOp>(root), prefetches = contracts || isa_and_nonnull<ConvOp>(root);
    if (int64_t steps = schedule.getPrefetch(); steps < 0 || steps > (prefetches ? 4096 : 0))
      return refuse("prefetch", Twine(steps))
             << (prefetches ? "expected 0 to 4096 steps" : "expected 0: only contractions and convolutions prefetch");
    if (schedule.getStageRows() && !contracts)
      return refuse("stage_rows", "true") << "only contractions stage rows";
    if (schedule.getParts() != 1)
      return refuse("parts", Twine(schedule.getParts())) << "expected 1: sums are cut for GPUs alone";
    if (StringRef pack = schedule.getPack(); pack != "direct" && pack != "panel" && pack != "prepared")
      return refuse("pack", "'" + pack + "'") << "expected 'direct', 'panel' or 'prepared'";
    return success();
  }

  LogicalResult checkContraction() {
    auto op = cast<ContractOp>(root);
    StringRef pack = schedule.getPack();
    bool prepared = isa_and_nonnull<UnpackOp>(op.getRhs().getDefiningOp());
    if (prepared != (pack == "prepared"))
      return refuse("pack", "'" + pack + "'")
             << (prepared ? "expected 'prepared' for an operand packed ahead" : "nothing packs the operand ahead");
    if (pack == "direct" && (!isa<BlockArgument>(op.getRhs()) || op.freeAxes(true)[0] < op.getRhsContract()[0]))
      return refuse("pack", "'direct'") << "expected 'panel': the operand's columns do not lie side by side in memory";
    return success();
  }

  LogicalResult checkConvolution() {
    StringRef pack = schedule.getPack();
    bool prepared = isa<ConvOp>(root) && packedFilterOf(root->getOperand(1));
    if (prepared != (pack == "prepared"))
      return refuse("pack", "'" + pack + "'")
             << (prepared ? "expected 'prepared' for a filter packed ahead" : "nothing packs the filter ahead");
    if (isa<ConvFilterGradOp>(root) && schedule.getBlockK() < 1)
      return refuse("block_k", Twine(schedule.getBlockK())) << "expected at least one chunk of pixels";
    return success();
  }

  KernelOp kernel;
  ScheduleAttr schedule;
  TargetAttr target;
  Operation *root = nullptr;
};
} // namespace

LogicalResult dlc::checkSchedule(KernelOp kernel, TargetAttr target) { return Checking(kernel, target).run(); }
