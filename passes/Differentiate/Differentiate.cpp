// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/Differentiate/Differentiate.h"
#include "dialects/dl/gradients/Reverse.h"
#include "passes/EmitRemarks/Remarks.h"

using namespace mlir;
using namespace dlc::dl;

namespace dlc {
#define GEN_PASS_DEF_DIFFERENTIATE
#include "passes/Differentiate/Differentiate.h.inc"

namespace {
struct Differentiate : impl::DifferentiateBase<Differentiate> {
  using Base::Base;
  void runOnOperation() override;
};
} // namespace

/// Ops between active values and the yielded `wanted` that have no gradient; a
/// loop's body is taken as active and wanted whole.
static void findMissing(Block &block, const Reverse &activity, llvm::DenseSet<Value> wanted, DlBuilder &b,
                        SmallVectorImpl<Operation *> &missing) {
  for (Operation &op : llvm::reverse(block.without_terminator())) {
    bool reaches = llvm::any_of(op.getResults(),
                                [&](Value result) { return wanted.contains(result) && activity.isActive(result); });
    if (!reaches)
      continue;
    for (Value operand : op.getOperands())
      wanted.insert(operand);
    if (auto scan = dyn_cast<ScanOp>(op)) {
      Block &body = scan.getBody().front();
      Reverse inside(b);
      for (BlockArgument argument : body.getArguments())
        inside.activate(argument);
      inside.findActive(opsOf(body));
      ValueRange yields = body.getTerminator()->getOperands();
      findMissing(body, inside, llvm::DenseSet<Value>(yields.begin(), yields.end()), b, missing);
    } else if (lacksGradient(&op)) {
      missing.push_back(&op);
    }
  }
}

/// How messages name what a gradient is taken of.
static std::string describe(Value value, size_t index) {
  if (auto argument = dyn_cast<BlockArgument>(value))
    if (auto function = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp())) {
      if (auto symbol = function.getArgAttrOfType<FlatSymbolRefAttr>(argument.getArgNumber(), "dl.state"))
        return "@" + symbol.getValue().str();
      if (auto name = function.getArgAttrOfType<StringAttr>(argument.getArgNumber(), "dl.name"))
        return "argument '" + name.str() + "'";
    }
  return "value " + std::to_string(index);
}

static LogicalResult reportMissing(GradientOp gradient, ArrayRef<Operation *> missing) {
  for (Operation *op : llvm::reverse(missing)) {
    InFlightDiagnostic error = op->emitOpError("has no gradient, but lies between what is differentiated and the loss");
    error.attachNote(gradient.getLoc()) << "differentiated here";
  }
  return failure(!missing.empty());
}

/// Says what the backward pass takes from the forward pass `ops`, and what of
/// that pass has no part in it.
static void say(Remarks &remarks, GradientOp gradient, ArrayRef<Operation *> ops, const Reverse &reverse,
                DimAnalysis &dims) {
  StringRef function = gradient->getParentOfType<func::FuncOp>().getName();
  llvm::DenseSet<Operation *> forward(ops.begin(), ops.end());
  int64_t backward = 0, saved = 0;
  Block &body = gradient.getBody().front();
  for (Operation &op : body.without_terminator())
    backward += !forward.contains(&op);
  for (Operation *op : ops) {
    int64_t readers = 0;
    for (Operation *user : op->getUsers())
      if (Operation *top = body.findAncestorOpInBlock(*user))
        readers += !forward.contains(top) && !isa<YieldOp>(top);
    if (readers) {
      ++saved;
      remarks.analysis("Saved", op->getLoc(), function)
          .say(op->getName().getStringRef() + ": its result is kept for the backward pass")
          .with("Extents",
                llvm::join(llvm::map_range(dims.of(op->getResult(0)), [](const DimExpr &dim) { return dim.str(); }),
                           " x "))
          .with("Readers", readers);
    }
    if (op->getNumResults() && isa<FloatType>(elementTypeOf(op->getResult(0))) &&
        !op->hasTrait<OpTrait::ConstantLike>() &&
        llvm::none_of(op->getResults(), [&](Value result) { return reverse.isActive(result); }))
      remarks.passed("Pruned", op->getLoc(), function)
          .say(op->getName().getStringRef() + " depends on nothing that is differentiated: no gradient is computed");
  }
  remarks.passed("Differentiated", gradient.getLoc(), function)
      .say("the gradient of " + Twine(gradient.getInputs().size()) + " values takes " + Twine(backward) +
           " ops and keeps " + Twine(saved) + " results of the forward pass's " + Twine(ops.size()) + " ops")
      .with("Forward", ops.size())
      .with("Backward", backward)
      .with("Saved", saved);
}

static LogicalResult differentiate(GradientOp gradient, Remarks &remarks) {
  if (!gradient.getSymbols().empty())
    return gradient.emitOpError("is with respect to symbols; run thread-state first");
  Block &body = gradient.getBody().front();
  Operation *yield = body.getTerminator();
  SmallVector<Value> values(yield->getOperands()), inputs(gradient.getInputs());
  Value loss = values[0];

  OpBuilder builder(yield);
  DimAnalysis dims;
  DlBuilder b(builder, gradient.getLoc(), dims);
  Reverse reverse(b);
  SmallVector<Operation *> ops = opsOf(body);
  for (Operation *op : ops)
    for (Value result : op->getResults())
      (void)dims.of(result);
  if (dims.failed()) // reported, once: gradients would only repeat it
    return failure();
  for (Value input : inputs)
    reverse.activate(input);
  reverse.findActive(ops);
  SmallVector<Operation *> missing;
  findMissing(body, reverse, {loss}, b, missing);
  if (failed(reportMissing(gradient, missing)))
    return failure();

  if (reverse.isActive(loss)) {
    reverse.add(loss, b.like(1.0, loss));
    reverse.run(ops);
  }
  if (dims.failed())
    return failure();
  b.location = gradient.getLoc();
  SmallVector<std::string> unreached;
  SmallVector<Value> results(yield->getOperands()); // anew: loops may have been replaced
  for (auto [i, input] : llvm::enumerate(inputs)) {
    Value cotangent = reverse.of(input);
    if (!cotangent)
      unreached.push_back(describe(input, i));
    else
      results.push_back(retype(b, cotangent, input.getType()));
  }
  if (!unreached.empty()) {
    InFlightDiagnostic error = gradient.emitOpError("has no gradient: the loss does not depend on ");
    llvm::interleaveComma(unreached, error);
    return error;
  }
  if (remarks.wanted())
    say(remarks, gradient, ops, reverse, dims);
  yield->erase();
  gradient->getBlock()->getOperations().splice(Block::iterator(gradient), body.getOperations());
  gradient.replaceAllUsesWith(results);
  gradient.erase();
  return success();
}

void Differentiate::runOnOperation() {
  // Post-order: inner gradients first. The list is made before any is replaced.
  SmallVector<GradientOp> gradients;
  getOperation().walk([&](GradientOp gradient) { gradients.push_back(gradient); });
  Remarks remarks(getOperation(), "differentiation");
  bool failedOne = false;
  for (GradientOp gradient : gradients)
    if (failed(differentiate(gradient, remarks))) {
      failedOne = true;
      break; // an outer gradient would complain of the inner one
    }
  if (failedOne)
    signalPassFailure();
}

} // namespace dlc
