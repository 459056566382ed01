// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "passes/Elements/NestPlan.h"
#include "passes/FormKernels/FormKernels.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::dl;

/// Costs tens of instructions: worth keeping over another phase.
static bool isExpensive(Operation *op) {
  return isa<ExpOp, Expm1Op, LogOp, Log1pOp, SinOp, CosOp, TanhOp, ErfOp, SigmoidOp, PowOp, RandomBitsOp,
             RandomUniformOp, RandomNormalOp>(op);
}

NestPlan::NestPlan(KernelOp kernel) {
  Block &body = kernel.getBody().front();
  DimAnalysis dims;
  for (Value yielded : body.getTerminator()->getOperands())
    widenDomain(dims.of(yielded));
  for (Operation &op : body)
    if (partOf(&op) == Part::Reduce) {
      widenDomain(dims.of(op.getOperand(0)));
      reduced.assign(op.getAttrOfType<DenseI64ArrayAttr>("axes").asArrayRef().begin(),
                     op.getAttrOfType<DenseI64ArrayAttr>("axes").asArrayRef().end());
    }
  llvm::sort(reduced);
  for (Operation &op : body) {
    unsigned level = 0;
    for (Value operand : op.getOperands())
      if (Operation *producer = operand.getDefiningOp())
        level = std::max(level, levelOf[producer]);
    if (partOf(&op) == Part::Reduce) {
      ++level;
      phases.resize(std::max<size_t>(phases.size(), level));
      phases[level - 1].push_back(&op);
    }
    levelOf[&op] = level;
  }
  // An expensive op of the whole domain is evaluated in the phase of each
  // reduction that reads it and in the last one; twice or more: keep it.
  if (phases.empty())
    return;
  for (Operation &op : body) {
    if (!isExpensive(&op) || dims.of(op.getResult(0)) != ArrayRef<DimExpr>(domain))
      continue;
    llvm::DenseSet<unsigned> usedIn;
    SmallVector<Operation *> work{&op};
    llvm::DenseSet<Operation *> seen;
    while (!work.empty()) {
      Operation *next = work.pop_back_val();
      for (Operation *user : next->getUsers()) {
        if (partOf(user) == Part::Reduce)
          usedIn.insert(levelOf[user] - 1);
        else if (isa<YieldOp>(user))
          usedIn.insert(phases.size());
        else if (seen.insert(user).second)
          work.push_back(user);
      }
    }
    if (usedIn.size() > 1)
      kept.push_back(&op);
  }
}

bool NestPlan::keepsNothingWhole(KernelOp kernel) const {
  DimAnalysis dims;
  return llvm::none_of(kernel.getBody().front().getTerminator()->getOperands(),
                       [&](Value value) { return dims.of(value) == ArrayRef<DimExpr>(domain); });
}

void NestPlan::widenDomain(ArrayRef<DimExpr> dims) {
  if (dims.size() > domain.size())
    domain.insert(domain.begin(), dims.size() - domain.size(), DimExpr(1));
  for (auto [i, dim] : llvm::enumerate(dims))
    if (dim != DimExpr(1))
      domain[domain.size() - dims.size() + i] = dim;
}

Value dlc::emitIdentity(Emitter &emit, Operation *op, Type type) {
  Type element = getElementTypeOrSelf(type);
  if (isa<ReduceSumOp>(op))
    return emit.zeroOf(type);
  if (isa<ReduceProdOp>(op))
    return emit.constantOf(type, 1);
  bool lowest = isa<ReduceMaxOp>(op);
  if (isa<FloatType>(element))
    return emit.constantOf(type, lowest ? -INFINITY : INFINITY);
  unsigned width = element.getIntOrFloatBitWidth();
  APInt value = lowest ? APInt::getSignedMinValue(width) : APInt::getSignedMaxValue(width);
  TypedAttr attr = IntegerAttr::get(element, value);
  if (auto vector = dyn_cast<VectorType>(type))
    attr = SplatElementsAttr::get(vector, attr);
  return arith::ConstantOp::create(emit.b, emit.location, attr);
}

Value dlc::emitCombine(Emitter &emit, Operation *op, Value total, Value value) {
  bool isFloat = isa<FloatType>(getElementTypeOrSelf(value));
  if (isa<ReduceSumOp>(op))
    return isFloat ? Value(emit.create<arith::AddFOp>(total, value)) : Value(emit.create<arith::AddIOp>(total, value));
  if (isa<ReduceProdOp>(op))
    return isFloat ? Value(emit.create<arith::MulFOp>(total, value)) : Value(emit.create<arith::MulIOp>(total, value));
  return emitExtremum(emit, isa<ReduceMaxOp>(op), total, value);
}
