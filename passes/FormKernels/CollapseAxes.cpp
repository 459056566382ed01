// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/shapes/Shapes.h"
#include "passes/FormKernels/FormKernels.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

/// Axes of the domain in runs that become one axis each.
using Runs = SmallVector<SmallVector<int64_t>>;

/// The extents of `dims`, which are aligned at the right with a domain of the
/// runs' axes, with each run multiplied out. Axes that `dims` lacks stay absent
/// when the whole run is.
static DimVector collapse(ArrayRef<DimExpr> dims, const Runs &runs, int64_t rank) {
  int64_t missing = rank - dims.size();
  DimVector result;
  for (const auto &run : runs) {
    if (run.back() < missing)
      continue;
    DimExpr extent(1);
    for (int64_t axis : run)
      if (axis >= missing)
        extent = extent * dims[axis - missing];
    result.push_back(extent);
  }
  return result;
}

void dlc::collapseAxes(KernelOp kernel, LaunchOp launch) {
  Block &body = kernel.getBody().front();
  DimAnalysis dims;
  int64_t rank = 0;
  SmallVector<Value> values(body.getArguments().begin(), body.getArguments().end());
  for (Operation &op : body) {
    if (isa<YieldOp>(op))
      continue;
    // Ops that tell the axes apart in their own way keep them.
    if (!op.hasTrait<Broadcasting>() && partOf(&op) != Part::Reduce &&
        !isa<BroadcastOp, ConstantOp, ExtentOp, RandomBitsOp, RandomUniformOp, RandomNormalOp, IotaOp>(op))
      return;
    llvm::append_range(values, op.getResults());
  }
  DimVector domain;
  for (Value value : values)
    if (static_cast<int64_t>(dims.of(value).size()) >= rank) {
      rank = dims.of(value).size();
      domain.resize(rank, DimExpr(1));
    }
  for (Value value : values)
    for (auto [i, dim] : llvm::enumerate(dims.of(value)))
      if (dim != DimExpr(1))
        domain[rank - dims.of(value).size() + i] = dim;
  if (rank < 2)
    return;

  // Two neighbours are alike when no value has one and lacks the other; an
  // axis of 1 goes with any neighbour, unless something counts along it or folds it.
  auto has = [&](Value value, int64_t axis) {
    int64_t index = axis - (rank - static_cast<int64_t>(dims.of(value).size()));
    return index >= 0 && dims.of(value)[index] != DimExpr(1);
  };
  auto alike = [&](int64_t axis, int64_t next) {
    for (Value value : values)
      if (has(value, axis) != has(value, next) && domain[axis] != DimExpr(1) && domain[next] != DimExpr(1))
        return false;
    for (Operation &op : body) {
      if (auto iota = dyn_cast<IotaOp>(op)) {
        int64_t counted = iota.getAxis() + rank - iota.getDims().size();
        if (counted == axis || counted == next)
          return false;
      }
      if (partOf(&op) == Part::Reduce) {
        ArrayRef<int64_t> axes = op.getAttrOfType<DenseI64ArrayAttr>("axes").asArrayRef();
        int64_t offset = rank - dims.of(op.getOperand(0)).size();
        if (llvm::is_contained(axes, axis - offset) != llvm::is_contained(axes, next - offset))
          return false;
      }
    }
    return true;
  };
  // An axis joins a run if it is like the run's last axis that is no 1: what
  // stands on both sides of a 1 need not be alike.
  auto representative = [&](ArrayRef<int64_t> run) {
    for (int64_t axis : llvm::reverse(run))
      if (domain[axis] != DimExpr(1))
        return axis;
    return run.back();
  };
  Runs runs{{0}};
  for (int64_t axis = 1; axis < rank; ++axis) {
    if (alike(representative(runs.back()), axis))
      runs.back().push_back(axis);
    else
      runs.push_back({axis});
  }
  if (static_cast<int64_t>(runs.size()) == rank)
    return;

  // Rewrite bottom up is not needed: every type is recomputed from its own extents.
  SmallVector<DimVector> collapsed;
  for (Value value : values)
    collapsed.push_back(collapse(dims.of(value), runs, rank));
  SmallVector<DimVector> outside;
  for (Value result : launch.getResults())
    outside.push_back(DimVector(dims.of(body.getTerminator()->getOperand(cast<OpResult>(result).getResultNumber()))));
  llvm::DenseMap<Operation *, int64_t> operandRanks;
  for (Operation &op : body)
    if (op.getNumOperands())
      operandRanks[&op] = dims.of(op.getOperand(0)).size();

  MLIRContext *context = kernel.getContext();
  OpBuilder builder(launch);
  SmallVector<Attribute> argumentDims;
  for (auto [i, argument] : llvm::enumerate(body.getArguments())) {
    const DimVector &extents = collapsed[i];
    argumentDims.push_back(toAttr(context, extents));
    RankedTensorType type = typeFor(extents, elementTypeOf(argument));
    if (type != argument.getType() || extents.size() != dims.of(argument).size()) {
      Value view = ReshapeOp::create(builder, launch.getLoc(), type, launch.getInputs()[i], toAttr(context, extents));
      launch.getInputsMutable()[i].set(view);
    }
  }
  auto runOf = [&](int64_t axis) {
    for (auto [i, run] : llvm::enumerate(runs))
      if (llvm::is_contained(run, axis))
        return static_cast<int64_t>(i);
    return int64_t(0);
  };
  for (auto [value, extents] : llvm::zip(values, collapsed))
    value.setType(typeFor(extents, elementTypeOf(value)));
  for (auto [value, extents] : llvm::zip(values, collapsed)) {
    Operation *op = value.getDefiningOp();
    if (!op)
      continue;
    if (auto constant = dyn_cast<ConstantOp>(op)) {
      auto elements = cast<DenseElementsAttr>(constant.getValue());
      constant.setValueAttr(elements.reshape(cast<ShapedType>(value.getType())));
    } else if (auto iota = dyn_cast<IotaOp>(op)) {
      int64_t run = runOf(iota.getAxis() + rank - iota.getDims().size());
      iota.setAxis(run - (static_cast<int64_t>(runs.size()) - static_cast<int64_t>(extents.size())));
      iota.setDimsAttr(toAttr(context, extents));
    } else if (op->hasAttr("dims")) {
      op->setAttr("dims", toAttr(context, extents));
    } else if (partOf(op) == Part::Reduce) {
      int64_t offset = rank - operandRanks[op];
      llvm::SmallSetVector<int64_t, 4> axes;
      int64_t operandRank = cast<RankedTensorType>(op->getOperand(0).getType()).getRank();
      for (int64_t axis : op->getAttrOfType<DenseI64ArrayAttr>("axes").asArrayRef())
        axes.insert(runOf(axis + offset) - (static_cast<int64_t>(runs.size()) - operandRank));
      op->setAttr("axes", builder.getDenseI64ArrayAttr(axes.getArrayRef()));
    }
  }
  kernel.setArgumentDimsAttr(builder.getArrayAttr(argumentDims));
  builder.setInsertionPointAfter(launch);
  for (auto [i, result] : llvm::enumerate(launch.getResults())) {
    Type inner = body.getTerminator()->getOperand(i).getType(), outer = result.getType();
    if (inner == outer)
      continue;
    result.setType(inner);
    auto view = ReshapeOp::create(builder, launch.getLoc(), outer, result, toAttr(context, outside[i]));
    result.replaceAllUsesExcept(view.getResult(), view);
  }
}
