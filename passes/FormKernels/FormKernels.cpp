// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/FormKernels/FormKernels.h"
#include "mlir/Analysis/TopologicalSortUtils.h"
#include "mlir/IR/AsmState.h"
#include "passes/EmitRemarks/Remarks.h"
#include "passes/FormKernels/BuildKernel.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_FORMKERNELS
#include "passes/FormKernels/FormKernels.h.inc"

namespace {

/// The text of a kernel without its name and locations: equal text, equal code.
std::string bodyText(KernelOp kernel) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  // Of this kernel alone: by default MLIR would number and verify the module
  // around it, other variants included, which other threads are changing.
  AsmState state(kernel, OpPrintingFlags().assumeVerified().useLocalScope());
  stream << kernel.getArgumentDims();
  kernel.getBody().front().print(stream, state);
  return text;
}

/// Says what a kernel holds.
void sayFused(Remarks &remarks, const Group &group, StringRef kernel, StringRef function) {
  std::vector<std::string> names;
  for (Operation *op : group.ops)
    names.push_back(op->getName().getStringRef().str());
  StringRef root = group.root ? group.root->getName().getStringRef() : StringRef("none");
  Location location = (group.root ? group.root : group.ops.front())->getLoc();
  remarks.passed("Fused", location, function)
      .say(names.size() == 1 ? names[0] + " is a kernel of its own"
                             : std::to_string(names.size()) + " ops are one kernel: " + listed(names))
      .with("Kernel", kernel)
      .with("Root", root)
      .with("Ops", names.size());
}

struct FormKernels : impl::FormKernelsBase<FormKernels> {
  llvm::StringSet<> formed;

  void runOnOperation() override {
    VariantOp variant = getOperation();
    formed.clear();
    std::map<std::string, KernelOp> known;
    Remarks remarks(variant, "fusion");
    for (auto function : llvm::make_early_inc_range(variant.getOps<func::FuncOp>())) {
      SmallVector<Block *> blocks;
      function.walk([&](Block *block) { blocks.push_back(block); });
      unsigned number = 0;
      for (Block *block : blocks)
        formIn(*block, function, number, known, remarks);
    }
    llvm::DenseSet<StringRef> launched;
    variant.walk([&](LaunchOp launch) { launched.insert(launch.getKernel()); });
    for (KernelOp kernel : llvm::make_early_inc_range(variant.getOps<KernelOp>()))
      if (formed.contains(kernel.getSymName()) && !launched.contains(kernel.getSymName()))
        kernel.erase();
  }

  static void eraseDead(Block &block) {
    for (bool changed = true; changed;) {
      changed = false;
      for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
        if (isOpTriviallyDead(&op)) {
          op.erase();
          changed = true;
        }
    }
  }

  void formIn(Block &block, func::FuncOp function, unsigned &number, std::map<std::string, KernelOp> &known,
              Remarks &remarks) {
    eraseDead(block);
    // One analysis for the block: groups' ops stay until all kernels are built.
    DimAnalysis dims;
    if (auto scan = dyn_cast<ScanOp>(block.getParentOp()))
      for (Value result : scan.getResults())
        (void)dims.of(result); // binds the region's arguments
    std::vector<Apart> apart;
    std::vector<Group> groups = formGroups(block, dims, remarks.wanted() ? &apart : nullptr);
    OpBuilder kernels(function);
    llvm::DenseMap<Operation *, std::string> kernelOf; // of each op, for remarks
    for (Group &group : groups) {
      StringRef what = group.root ? group.root->getName().stripDialect() : group.reduced.empty() ? "map" : "reduce";
      std::string name = (function.getName() + "_" + Twine(number++) + "_" + what).str();
      buildKernel(group, dims, kernels, name);
      formed.insert(name);
      if (!remarks.wanted())
        continue;
      sayFused(remarks, group, name, function.getName());
      for (Operation *op : group.ops)
        kernelOf[op] = name;
    }
    for (const Apart &one : apart)
      if (kernelOf[one.op] != kernelOf[one.producer]) // they may have met later
        remarks.missed("NotFused", one.op->getLoc(), function.getName())
            .say(one.op->getName().getStringRef() + " is not in the kernel that it reads from: " + one.why)
            .with("Kernel", kernelOf[one.op])
            .with("Producer", kernelOf[one.producer]);
    for (Group &group : llvm::reverse(groups))
      for (Operation *op : llvm::reverse(group.ops))
        op->erase();
    // Leaves that were copied, views taken inside, what was wanted for its extents alone.
    eraseDead(block);
    sortTopologically(&block);
    for (LaunchOp launch : llvm::to_vector(block.getOps<LaunchOp>())) {
      auto kernel = SymbolTable::lookupNearestSymbolFrom<KernelOp>(launch, launch.getKernelAttr());
      bool isNest = llvm::none_of(kernel.getBody().front(),
                                  [](Operation &op) { return partOf(&op) == Part::Root || partOf(&op) == Part::Move; });
      if (isNest)
        collapseAxes(kernel, launch);
      auto [it, isNew] = known.try_emplace(bodyText(kernel), kernel);
      if (!isNew) {
        if (remarks.wanted())
          remarks.passed("Shared", launch.getLoc(), function.getName())
              .say("the kernel is equal to one there is already")
              .with("Kernel", kernel.getSymName())
              .with("Same", it->second.getSymName());
        launch.setKernel(it->second.getSymName());
        kernel.erase();
      }
    }
  }
};

} // namespace
} // namespace dlc
