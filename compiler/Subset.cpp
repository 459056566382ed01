// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "compiler/Subset.h"
#include "compiler/Nearest.h"
#include "dialects/dl/Dl.h"

using namespace mlir;

namespace dlc {

bool keepFunctions(ModuleOp module, ArrayRef<std::string> names, std::string &error) {
  std::vector<std::string> entries;
  for (auto function : module.getOps<func::FuncOp>())
    if (function->hasAttr("dl.entry"))
      entries.push_back(function.getName().str());
  SmallVector<func::FuncOp> reached;
  for (const std::string &name : names) {
    if (!llvm::is_contained(entries, name)) {
      error = "--function: no function '" + name + "'" + suggestNearest(name, entries);
      return false;
    }
    reached.push_back(module.lookupSymbol<func::FuncOp>(name));
  }
  llvm::DenseSet<Operation *> kept(reached.begin(), reached.end());
  llvm::DenseSet<StringAttr> used; // state
  while (!reached.empty()) {
    func::FuncOp function = reached.pop_back_val();
    function.walk([&](Operation *op) {
      if (auto read = dyn_cast<dl::ReadOp>(op))
        used.insert(read.getSymbolAttr().getAttr());
      if (auto write = dyn_cast<dl::WriteOp>(op))
        used.insert(write.getSymbolAttr().getAttr());
      if (auto call = dyn_cast<func::CallOp>(op))
        if (auto callee = module.lookupSymbol<func::FuncOp>(call.getCallee()); callee && kept.insert(callee).second)
          reached.push_back(callee);
    });
  }
  for (Operation &op : llvm::make_early_inc_range(*module.getBody())) {
    auto slot = dyn_cast<dl::SlotOp>(op);
    if ((isa<func::FuncOp>(op) && !kept.contains(&op)) || (slot && !used.contains(slot.getSymNameAttr())))
      op.erase();
    else if (isa<func::FuncOp>(op) && !llvm::is_contained(names, SymbolTable::getSymbolName(&op).getValue()))
      op.removeAttr("dl.entry"); // called, no longer offered
  }
  return true;
}

} // namespace dlc
