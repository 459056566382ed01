// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/FormKernels/BuildKernel.h"
#include "dialects/dl/shapes/Shapes.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

namespace {

class Building {
public:
  Building(const Group &group, DimAnalysis &dims, OpBuilder &kernels, StringRef name)
      : group(group), dims(dims), kernels(kernels), name(name), members(group.ops.begin(), group.ops.end()) {
    for (auto [axis, dim] : llvm::enumerate(group.domain)) {
      bool folds = llvm::is_contained(group.reduced, static_cast<int64_t>(axis));
      if (!folds)
        kept.push_back(dim);
      ones.push_back(folds ? DimExpr(1) : dim);
    }
  }

  LaunchOp build() {
    Operation *last = group.ops.back();
    Location location = fusedLocation();
    SmallVector<Value> outputs = leaving();

    auto kernel = KernelOp::create(kernels, location, name, kernels.getArrayAttr({}), ScheduleAttr());
    Block &body = kernel.getBody().emplaceBlock();
    OpBuilder inside = OpBuilder::atBlockEnd(&body);
    for (Operation *op : group.ops)
      copy(op, body, inside);
    SmallVector<Value> yields;
    for (Value output : outputs)
      yields.push_back(mapped.lookup(output));
    YieldOp::create(inside, location, yields);
    SmallVector<Attribute> argumentDims;
    for (Value input : inputs)
      argumentDims.push_back(toAttr(kernel.getContext(), DimVector(dims.of(input))));
    kernel.setArgumentDimsAttr(kernels.getArrayAttr(argumentDims));

    OpBuilder builder(last->getContext());
    builder.setInsertionPointAfter(last);
    auto launch = LaunchOp::create(builder, location, body.getTerminator()->getOperandTypes(),
                                   FlatSymbolRefAttr::get(kernel.getSymNameAttr()), inputs.getArrayRef());
    for (auto [output, result] : llvm::zip(outputs, launch.getResults())) {
      Value replacement = result;
      if (result.getType() != output.getType() || needsView(output))
        replacement = ReshapeOp::create(builder, location, output.getType(), result,
                                        toAttr(builder.getContext(), DimVector(dims.of(output))));
      output.replaceUsesWithIf(replacement, [&](OpOperand &use) { return !members.contains(use.getOwner()); });
    }
    return launch;
  }

private:
  Location fusedLocation() {
    llvm::SmallSetVector<Location, 4> locations;
    for (Operation *op : group.ops)
      locations.insert(op->getLoc());
    return FusedLoc::get(group.ops[0]->getContext(), locations.getArrayRef());
  }

  /// Values of the group that something outside reads.
  SmallVector<Value> leaving() {
    SmallVector<Value> values;
    for (Operation *op : group.ops)
      for (Value result : op->getResults())
        if (llvm::any_of(result.getUsers(), [&](Operation *user) { return !members.contains(user); }))
          values.push_back(result);
    return values;
  }

  /// In a nest with reductions: [n] stands for [n, 1].
  bool isKept(Value value) {
    return !group.reduced.empty() && dims.of(value) == ArrayRef<DimExpr>(kept) && kept.size() != group.domain.size();
  }
  bool needsView(Value output) { return keepsOnes.contains(output) && dims.of(output) != ArrayRef<DimExpr>(ones); }

  Value input(Value value, Block &body) {
    if (Value known = mapped.lookup(value))
      return known;
    inputs.insert(value);
    Value argument = body.addArgument(value.getType(), value.getLoc());
    mapped[value] = argument;
    return argument;
  }

  /// The kernel's value for an operand, leaves copied.
  Value resolve(Value value, Block &body, OpBuilder &inside) {
    if (Value known = mapped.lookup(value))
      return known;
    Operation *producer = value.getDefiningOp();
    if (!producer || partOf(producer) != Part::Leaf)
      return input(value, body);
    Value result;
    if (auto dim = dyn_cast<DimOp>(producer)) {
      DimExpr extent = dims.of(dim.getInput())[dim.getAxis()];
      result = ExtentOp::create(inside, dim.getLoc(), dim.getType(), extent.toAttr(dim.getContext()));
    } else {
      IRMapping mapping;
      for (Value operand : producer->getOperands())
        mapping.map(operand, resolve(operand, body, inside));
      result = inside.clone(*producer, mapping)->getResult(0);
    }
    mapped[value] = result;
    return result;
  }

  Value reshaped(OpBuilder &inside, Location location, Value value, ArrayRef<DimExpr> to) {
    return ReshapeOp::create(inside, location, typeFor(to, elementTypeOf(value)), value,
                             toAttr(inside.getContext(), to));
  }

  void copy(Operation *op, Block &body, OpBuilder &inside) {
    if (isa<DimOp>(op)) { // of the extent alone is known inside
      (void)resolve(op->getResult(0), body, inside);
      return;
    }
    bool reducing = partOf(op) == Part::Reduce;
    bool isReduced =
        !group.reduced.empty() && !reducing && dims.of(op->getResult(0)) != ArrayRef<DimExpr>(group.domain);
    bool resultKept = isReduced && isKept(op->getResult(0));
    IRMapping mapping;
    for (Value operand : op->getOperands()) {
      Value value = resolve(operand, body, inside);
      if (group.reduced.empty()) {
        mapping.map(operand, value);
        continue;
      }
      bool aligned = keepsOnes.contains(operand); // the kernel's value has the domain's rank
      if (isReduced && !aligned && dims.of(operand).size() == kept.size() && resultKept && !kept.empty()) {
        // [n] beside other [n]: as [n, 1]. An extent of 1 stays 1.
        DimVector to;
        size_t next = 0;
        for (size_t axis = 0; axis < group.domain.size(); ++axis)
          to.push_back(llvm::is_contained(group.reduced, static_cast<int64_t>(axis)) ? DimExpr(1)
                                                                                     : dims.of(operand)[next++]);
        value = reshaped(inside, op->getLoc(), value, to);
      } else if (!isReduced && aligned && isKept(operand) && !isa<ReshapeOp>(op)) {
        value = reshaped(inside, op->getLoc(), value,
                         DimVector(dims.of(operand))); // [n] beside the whole domain: its last axis
      }
      mapping.map(operand, value);
    }
    if (isa<ReshapeOp>(op)) { // both shapes are the same value here
      Value value = mapping.lookup(op->getOperand(0));
      if (!keepsOnes.contains(op->getOperand(0)))
        value = reshaped(inside, op->getLoc(), value, ones);
      mapped[op->getResult(0)] = value;
      keepsOnes.insert(op->getResult(0));
      return;
    }
    Operation *clone = inside.clone(*op, mapping);
    for (auto [from, to] : llvm::zip(op->getResults(), clone->getResults())) {
      if (reducing || isReduced) {
        to.setType(typeFor(ones, elementTypeOf(from)));
        keepsOnes.insert(from);
      }
      mapped[from] = to;
    }
    if (reducing)
      clone->setAttr("keep_dims", inside.getUnitAttr());
    if (auto broadcast = dyn_cast<BroadcastOp>(clone); broadcast && isReduced)
      broadcast.setDimsAttr(toAttr(inside.getContext(), ones));
  }

  const Group &group;
  DimAnalysis &dims;
  OpBuilder &kernels;
  StringRef name;
  llvm::SmallPtrSet<Operation *, 16> members;
  DimVector kept, ones;
  llvm::DenseMap<Value, Value> mapped;
  llvm::DenseSet<Value> keepsOnes; // values whose kernel form has the domain's rank
  llvm::SmallSetVector<Value, 8> inputs;
};

} // namespace

LaunchOp dlc::buildKernel(const Group &group, DimAnalysis &dims, OpBuilder &kernels, StringRef name) {
  return Building(group, dims, kernels, name).build();
}
