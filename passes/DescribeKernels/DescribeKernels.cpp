// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/DescribeKernels/DescribeKernels.h"
#include "passes/DescribeInterface/Interface.h"
#include "passes/FormKernels/FormKernels.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_DESCRIBEKERNELS
#include "passes/DescribeKernels/DescribeKernels.h.inc"

namespace {

/// The place in the user's model: the innermost name or line of a location.
std::string nodeOf(Location location) {
  if (auto name = dyn_cast<NameLoc>(location))
    return name.getName().str();
  if (auto file = dyn_cast<FileLineColLoc>(location))
    return (llvm::sys::path::filename(file.getFilename().getValue()) + ":" + Twine(file.getLine())).str();
  if (auto call = dyn_cast<CallSiteLoc>(location))
    return nodeOf(call.getCallee());
  if (auto fused = dyn_cast<FusedLoc>(location))
    for (Location part : fused.getLocations())
      if (std::string node = nodeOf(part); !node.empty())
        return node;
  return "";
}

class Facts {
public:
  explicit Facts(KernelOp kernel) : body(kernel.getBody().front()), builder(kernel.getContext()) {}

  DictionaryAttr get() {
    SmallVector<Attribute> ops;
    DimExpr flops, kept;
    Operation *yield = body.getTerminator();
    for (Operation &op : body.without_terminator()) {
      Part part = partOf(&op);
      if (part == Part::Leaf || part == Part::View)
        continue;
      ops.push_back(builder.getStrArrayAttr({op.getName().stripDialect(), nodeOf(op.getLoc())}));
      flops = flops + flopsOf(&op);
      for (Value result : op.getResults())
        if (!llvm::is_contained(yield->getOperands(), result))
          kept = kept + bytes(result);
    }
    DimExpr read, written;
    for (BlockArgument argument : body.getArguments())
      read = read + taken(argument);
    for (Value result : yield->getOperands())
      written = written + bytes(result);
    auto amount = [&](StringRef name, const DimExpr &value) {
      return builder.getNamedAttr(name, value.toAttr(builder.getContext()));
    };
    return builder.getDictionaryAttr({builder.getNamedAttr("ops", builder.getArrayAttr(ops)), amount("flops", flops),
                                      amount("read", read), amount("written", written), amount("kept", kept)});
  }

private:
  DimExpr elements(Value value) { return product(dims.of(value)); }
  DimExpr bytes(Value value) { return elements(value) * DimExpr(elementBytes(elementTypeOf(value))); }

  /// What a kernel reads of an argument: all of it, unless parts are picked.
  DimExpr taken(BlockArgument argument) {
    bool picked = llvm::all_of(argument.getUses(), [](OpOperand &use) {
      return isa<SliceOp, GatherOp>(use.getOwner()) && use.getOperandNumber() == 0;
    });
    if (!picked || argument.use_empty())
      return bytes(argument);
    DimExpr total;
    for (Operation *user : argument.getUsers())
      total = total + bytes(user->getResult(0));
    return total;
  }

  DimExpr flopsOf(Operation *op) {
    Value result = op->getResult(0);
    if (!isa<FloatType>(elementTypeOf(result)) || isa<CastOp, SelectOp, RandomBitsOp>(op))
      return 0;
    if (auto contract = dyn_cast<ContractOp>(op)) {
      DimExpr folded = 2;
      for (int64_t axis : contract.getLhsContract())
        folded = folded * dims.of(contract.getLhs())[axis];
      return folded * elements(result);
    }
    // Every pixel of the result meets a window of its group's channels; the
    // gradients do the same multiplications in another order.
    if (isa<ConvOp>(op))
      return windows(op->getOperand(1), result);
    if (isa<ConvInputGradOp>(op))
      return windows(op->getOperand(1), op->getOperand(0));
    if (isa<ConvFilterGradOp>(op))
      return windows(result, op->getOperand(1));
    if (isa<MaxPoolOp, MaxPoolGradOp, MaxPoolPickOp, SumPoolOp, SumPoolGradOp>(op)) {
      DimExpr window = 1;
      for (int64_t extent : op->getAttrOfType<DenseI64ArrayAttr>("window").asArrayRef())
        window = window * DimExpr(extent);
      bool towardsInput = isa<MaxPoolGradOp, SumPoolGradOp>(op);
      return window * elements(towardsInput ? op->getOperand(op->getNumOperands() - 1) : result);
    }
    if (partOf(op) == Part::Reduce || isa<CumsumOp>(op))
      return elements(op->getOperand(0));
    if (isa<ScatterAddOp>(op))
      return elements(op->getOperand(1));
    return partOf(op) == Part::Pointwise && !isa<BroadcastOp>(op) ? elements(result) : DimExpr(0);
  }
  /// Channels are last once layouts are assigned: filter[taps..., in / groups, out].
  DimExpr windows(Value filter, Value output) {
    DimExpr folded = 2;
    for (const DimExpr &extent : dims.of(filter).drop_back())
      folded = folded * extent;
    return folded * elements(output);
  }

  Block &body;
  Builder builder;
  DimAnalysis dims;
};

struct DescribeKernels : impl::DescribeKernelsBase<DescribeKernels> {
  void runOnOperation() override {
    VariantOp variant = getOperation();
    if (!variant->getParentOfType<ModuleOp>()->hasAttr(reportAttribute))
      return;
    for (KernelOp kernel : variant.getOps<KernelOp>())
      kernel->setAttr(factsAttribute, Facts(kernel).get());
  }
};

} // namespace
} // namespace dlc
