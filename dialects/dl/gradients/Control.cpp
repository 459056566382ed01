// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/gradients/Reverse.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace dlc::dl;

SmallVector<Value> StopGradientOp::buildVjp(DlBuilder &, ValueRange, ArrayRef<bool>) { return {Value()}; }

//===-- The gradient of a loop -------------------------------------------===//
//
// c[t+1], y[t] = f(c[t], x[t], k) for t = 0 .. n-1. The cotangents run through a
// loop the other way, which computes f again from the stacked c[t]:
//   dc[t], dx[t], d = vjp f(c[t], x[t], k; dc[t+1], dy[t]);  dk = sum of d

static RankedTensorType stackedType(ScanOp scan, Type slice) {
  auto type = cast<RankedTensorType>(slice);
  auto fixed = dyn_cast<IntegerAttr>(scan.getLength());
  SmallVector<int64_t> shape{fixed ? fixed.getInt() : ShapedType::kDynamic};
  llvm::append_range(shape, type.getShape());
  return RankedTensorType::get(shape, type.getElementType());
}

/// The carries as each step saw them, stacked. `scan` gives way to a loop with
/// the same body that yields them too.
static SmallVector<Value> stackCarries(DlBuilder &b, ScanOp scan) {
  size_t carries = scan.getInits().size();
  if (carries == 0)
    return {};
  OpBuilder::InsertionGuard guard(b.builder);
  b.builder.setInsertionPoint(scan);
  SmallVector<Type> types(scan.getResultTypes());
  for (BlockArgument carry : scan.getBody().getArguments().take_front(carries))
    types.push_back(stackedType(scan, carry.getType()));
  auto kept = b.create<ScanOp>(types, scan.getInits(), scan.getSequences(), scan.getConstants(), scan.getLength(),
                               scan.getReverse());
  IRMapping mapping;
  scan.getBody().cloneInto(&kept.getBody(), mapping);
  Operation *yield = kept.getBody().front().getTerminator();
  yield->insertOperands(yield->getNumOperands(), ValueRange(kept.getBody().getArguments().take_front(carries)));
  scan->replaceAllUsesWith(kept.getResults().take_front(scan.getNumResults()));
  return llvm::to_vector_of<Value>(kept.getResults().take_back(carries));
}

/// Which block arguments depend on what is needed: a carry does if its first
/// value does or any step makes it, so this is repeated until nothing changes.
static SmallVector<bool> activeArguments(ScanOp scan, ArrayRef<bool> needed, DlBuilder &b) {
  SmallVector<bool> result(needed);
  Block &body = scan.getBody().front();
  for (bool changed = true; changed;) {
    changed = false;
    Reverse activity(b);
    for (auto [argument, isNeeded] : llvm::zip(body.getArguments(), result))
      if (isNeeded)
        activity.activate(argument);
    activity.findActive(opsOf(body));
    for (size_t i = 0, e = scan.getInits().size(); i < e; ++i)
      if (!result[i] && activity.isActive(body.getTerminator()->getOperand(i)))
        result[i] = changed = true;
  }
  return result;
}

SmallVector<Value> ScanOp::buildVjp(DlBuilder &b, ValueRange cotangents, ArrayRef<bool> needed) {
  ScanOp scan = *this;
  size_t carries = getInits().size(), sequences = getSequences().size(), constants = getConstants().size();
  SmallVector<bool> active = activeArguments(scan, needed, b);
  SmallVector<Value> stacked = stackCarries(b, scan);

  // The loop back. Carries: cotangents of active carries, then sums for needed
  // constants. Sequences: the stacked carries, the loop's own, cotangents of
  // stacked results. Constants: the loop's own.
  SmallVector<size_t> activeCarries, neededConstants, neededSequences, arrived;
  SmallVector<Value> inits, overs(stacked);
  SmallVector<Type> types;
  for (size_t i = 0; i < carries; ++i)
    if (active[i]) {
      activeCarries.push_back(i);
      inits.push_back(cotangents[i] ? Value(cotangents[i]) : b.zeros(getInits()[i]));
    }
  for (size_t i = 0; i < constants; ++i)
    if (needed[carries + sequences + i]) {
      neededConstants.push_back(i);
      inits.push_back(b.zeros(getConstants()[i]));
    }
  for (Value init : inits)
    types.push_back(init.getType());
  llvm::append_range(overs, getSequences());
  for (size_t i = carries; i < getNumResults(); ++i)
    if (cotangents[i]) {
      arrived.push_back(i);
      overs.push_back(cotangents[i]);
    }
  for (size_t i = 0; i < sequences; ++i)
    if (needed[carries + i]) {
      neededSequences.push_back(i);
      types.push_back(getSequences()[i].getType());
    }
  auto back = b.create<ScanOp>(types, inits, overs, getConstants(), getLengthAttr(), /*reverse=*/!getReverse());

  Block *block = b.builder.createBlock(&back.getBody());
  auto addArguments = [&](ValueRange values, bool slices) {
    SmallVector<Value> arguments;
    for (Value value : values) {
      auto type = cast<RankedTensorType>(value.getType());
      if (slices)
        type = RankedTensorType::get(type.getShape().drop_front(), type.getElementType());
      arguments.push_back(block->addArgument(type, getLoc()));
    }
    return arguments;
  };
  SmallVector<Value> arguments = addArguments(inits, false), slices = addArguments(overs, true),
                     same = addArguments(getConstants(), false);

  // The step again, in place, then its gradient.
  IRMapping mapping;
  Block &body = scan.getBody().front();
  SmallVector<Value> inputs(slices.begin(), slices.begin() + carries + sequences);
  llvm::append_range(inputs, same);
  for (auto [argument, input] : llvm::zip(body.getArguments(), inputs))
    mapping.map(argument, input);
  SmallVector<Operation *> step;
  for (Operation &op : body.without_terminator())
    step.push_back(b.builder.clone(op, mapping));

  Reverse reverse(b);
  for (auto [input, isActive] : llvm::zip(inputs, active))
    if (isActive)
      reverse.activate(input);
  reverse.findActive(step);
  auto seed = [&](size_t result, Value cotangent) {
    Value yielded = mapping.lookupOrDefault(body.getTerminator()->getOperand(result));
    if (reverse.isActive(yielded))
      reverse.add(yielded, cotangent);
  };
  for (auto [i, carry] : llvm::enumerate(activeCarries))
    seed(carry, arguments[i]);
  for (auto [i, result] : llvm::enumerate(arrived))
    seed(result, slices[carries + sequences + i]);
  reverse.run(step);

  b.location = getLoc();
  SmallVector<Value> yields;
  auto arrivedAt = [&](Value value) { return reverse.of(value) ? reverse.of(value) : b.zeros(value); };
  for (size_t carry : activeCarries)
    yields.push_back(arrivedAt(inputs[carry]));
  for (auto [i, constant] : llvm::enumerate(neededConstants)) {
    Value sum = arguments[activeCarries.size() + i], part = reverse.of(same[constant]);
    yields.push_back(part ? b.add(sum, part) : sum);
  }
  for (size_t sequence : neededSequences)
    yields.push_back(arrivedAt(inputs[carries + sequence]));
  b.create<YieldOp>(yields);
  b.builder.setInsertionPointAfter(back);

  SmallVector<Value> grads(carries + sequences + constants);
  size_t next = 0;
  for (size_t carry : activeCarries)
    grads[carry] = back.getResult(next++);
  for (size_t constant : neededConstants)
    grads[carries + sequences + constant] = back.getResult(next++);
  for (size_t sequence : neededSequences)
    grads[carries + sequence] = back.getResult(next++);
  return grads;
}
