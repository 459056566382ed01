// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/gradients/Reverse.h"

using namespace mlir;
using namespace dlc::dl;

Value dlc::dl::retype(DlBuilder &b, Value value, Type type) {
  if (value.getType() == type)
    return value;
  auto reshape = b.create<ReshapeOp>(value, b.dimsAttr(value));
  reshape.getResult().setType(cast<RankedTensorType>(type));
  return reshape;
}

SmallVector<Operation *> dlc::dl::opsOf(Block &block) {
  SmallVector<Operation *> ops;
  for (Operation &op : block.without_terminator())
    ops.push_back(&op);
  return ops;
}

bool dlc::dl::lacksGradient(Operation *op) { return !isa<DifferentiableOpInterface, CompositeOpInterface>(op); }

static bool holdsFloats(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && isa<FloatType>(type.getElementType());
}

void Reverse::activate(Value value) {
  if (holdsFloats(value))
    active.insert(value);
}

void Reverse::findActive(ArrayRef<Operation *> ops) {
  for (Operation *op : ops)
    if (!isa<StopGradientOp>(op) && llvm::any_of(op->getOperands(), [&](Value operand) { return isActive(operand); }))
      for (Value result : op->getResults())
        activate(result);
}

void Reverse::add(Value value, Value cotangent) {
  cotangent = b.sumTo(cotangent, value);
  Value &sum = cotangents[value];
  sum = sum ? b.add(sum, cotangent) : cotangent;
}

void Reverse::run(ArrayRef<Operation *> ops) {
  for (Operation *op : llvm::reverse(ops)) {
    SmallVector<Value> arrived;
    for (Value result : op->getResults())
      arrived.push_back(isActive(result) ? of(result) : Value());
    if (llvm::none_of(arrived, [](Value value) { return value != nullptr; }))
      continue;
    b.location = op->getLoc();
    auto differentiable = dyn_cast<DifferentiableOpInterface>(op);
    if (!differentiable) {
      runComposite(op, arrived);
      continue;
    }
    SmallVector<bool> needed;
    for (Value operand : op->getOperands())
      needed.push_back(isActive(operand));
    // Operands are listed before: a loop may be replaced by one that keeps more.
    SmallVector<Value> operands(op->getOperands());
    SmallVector<Value> grads = differentiable.buildVjp(b, arrived, needed);
    for (auto [operand, grad, wanted] : llvm::zip(operands, grads, needed))
      if (grad && wanted)
        add(operand, grad);
  }
}

void Reverse::runComposite(Operation *op, ValueRange arrived) {
  auto composite = dyn_cast<CompositeOpInterface>(op);
  if (!composite)
    return;
  // Beside the op, so that the forward pass may use it too once it is decomposed.
  Operation *before = op->getPrevNode();
  SmallVector<Value> results;
  {
    OpBuilder::InsertionGuard guard(b.builder);
    b.builder.setInsertionPoint(op);
    results = composite.decompose(b);
  }
  SmallVector<Operation *> parts;
  for (Operation *part = before ? before->getNextNode() : &op->getBlock()->front(); part != op;
       part = part->getNextNode())
    parts.push_back(part);
  findActive(parts);
  for (auto [result, cotangent] : llvm::zip(results, arrived))
    if (cotangent && isActive(result))
      add(result, cotangent);
  run(parts);
}
