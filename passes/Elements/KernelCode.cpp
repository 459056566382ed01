// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/Elements/KernelCode.h"
#include "passes/FormKernels/FormKernels.h"
#include <set>

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

std::vector<std::string> dlc::namesOf(KernelOp kernel) {
  std::set<std::string> names;
  auto add = [&](Attribute attr) {
    attr.walk([&](StringAttr text) {
      if (FailureOr<DimExpr> dim = DimExpr::parse(text.getValue()); succeeded(dim))
        for (std::string &name : dim->symbols())
          names.insert(name);
    });
  };
  add(kernel.getArgumentDims());
  kernel.getBody().walk([&](Operation *op) {
    for (StringRef attribute : {"dims", "dim", "starts", "low", "high"})
      if (Attribute attr = op->getAttr(attribute))
        add(attr);
  });
  return {names.begin(), names.end()};
}

ArrayAttr dlc::inPlace(KernelOp kernel, DimAnalysis &dims) {
  Block &body = kernel.getBody().front();
  OpBuilder builder(kernel);
  SmallVector<Attribute> results;
  // Folded results are written before what has the whole domain's extents is
  // computed, which may read the arguments again.
  bool folds = llvm::any_of(body, [](Operation &op) { return partOf(&op) == Part::Reduce; });
  auto yields = body.getTerminator()->getOperands();
  bool writesTwice =
      folds && llvm::any_of(yields, [&](Value value) { return dims.of(value) != dims.of(yields.front()); });
  for (Value value : body.getTerminator()->getOperands()) {
    SmallVector<int64_t> arguments;
    for (BlockArgument argument : body.getArguments()) {
      if (writesTwice)
        break;
      bool same = argument.getType() == value.getType() && dims.of(argument) == dims.of(value);
      bool aligned = llvm::all_of(argument.getUsers(), [&](Operation *user) {
        if (isa<YieldOp>(user))
          return true;
        if (partOf(user) == Part::Reduce)
          return true;
        return user->hasTrait<Broadcasting>() && dims.of(user->getResult(0)) == dims.of(argument);
      });
      if (same && aligned)
        arguments.push_back(argument.getArgNumber());
    }
    results.push_back(builder.getDenseI64ArrayAttr(arguments));
  }
  return builder.getArrayAttr(results);
}

bool dlc::hasLongEpilogue(KernelOp kernel) {
  int64_t ops = 0;
  for (Operation &op : kernel.getBody().front())
    if (!isa<ConstantOp, YieldOp, ExtentOp>(op))
      ops +=
          isa<RandomBitsOp, RandomUniformOp, RandomNormalOp, ExpOp, TanhOp, ErfOp, SigmoidOp, PowOp, LogOp>(op) ? 8 : 1;
  return ops > 5; // the root, a bias and an activation
}
