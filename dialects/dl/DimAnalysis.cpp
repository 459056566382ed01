// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dialects/dl/Dims.h"
#include "dialects/dl/Dl.h"

using namespace mlir;
using namespace dlc::dl;

/// The `dl.dims` of a function's argument, a kernel's `argument_dims`.
static ArrayAttr declaredDims(BlockArgument argument) {
  Operation *parent = argument.getOwner()->getParentOp();
  if (!argument.getOwner()->isEntryBlock())
    return {};
  if (auto function = dyn_cast<FunctionOpInterface>(parent))
    return dyn_cast_or_null<ArrayAttr>(function.getArgAttr(argument.getArgNumber(), "dl.dims"));
  if (auto kernel = dyn_cast<KernelOp>(parent))
    if (argument.getArgNumber() < kernel.getArgumentDims().size())
      return dyn_cast<ArrayAttr>(kernel.getArgumentDims()[argument.getArgNumber()]);
  return {};
}

/// The operand that an argument of a loop's body is, or is a slice of; null for
/// any other argument. Operands and arguments stand in the same order.
static Value loopOperand(BlockArgument argument) {
  auto scan = dyn_cast<ScanOp>(argument.getOwner()->getParentOp());
  return scan ? scan->getOperand(argument.getArgNumber()) : Value();
}
static bool isSlice(BlockArgument argument) {
  auto scan = cast<ScanOp>(argument.getOwner()->getParentOp());
  size_t first = scan.getInits().size(), index = argument.getArgNumber();
  return index >= first && index < first + scan.getSequences().size();
}

void DimAnalysis::set(Value value, ArrayRef<DimExpr> dims) {
  known[value] = std::make_shared<DimVector>(dims.begin(), dims.end());
}

ArrayRef<DimExpr> DimAnalysis::of(Value value) {
  if (auto it = known.find(value); it != known.end())
    return *it->second;
  // Definitions are walked with a stack of our own: a model may be deeper than
  // the machine's.
  SmallVector<Value> stack{value};
  while (!stack.empty()) {
    Value top = stack.back();
    if (known.contains(top)) {
      stack.pop_back();
      continue;
    }
    Operation *op = top.getDefiningOp();
    if (op) {
      size_t before = stack.size();
      for (Value operand : op->getOperands())
        if (!known.contains(operand) && isa<RankedTensorType>(operand.getType()))
          stack.push_back(operand);
      if (stack.size() != before)
        continue;
    } else if (Value operand = loopOperand(cast<BlockArgument>(top)); operand && !known.contains(operand)) {
      stack.push_back(operand);
      continue;
    }
    auto type = dyn_cast<RankedTensorType>(top.getType());
    FailureOr<DimVector> dims = failure();
    if (auto inferable = dyn_cast_or_null<DimsOpInterface>(op)) {
      dims = inferable.inferDims(cast<OpResult>(top).getResultNumber(), *this);
      hasFailed |= mlir::failed(dims);
    } else if (auto argument = dyn_cast<BlockArgument>(top)) {
      if (ArrayAttr attr = declaredDims(argument))
        dims = fromAttr(attr);
      else if (Value operand = loopOperand(argument))
        dims = DimVector(ArrayRef<DimExpr>(*known[operand]).drop_front(isSlice(argument)));
    }
    auto result = std::make_shared<DimVector>();
    for (int64_t axis = 0; type && axis < type.getRank(); ++axis) {
      if (!type.isDynamicDim(axis))
        result->push_back(DimExpr(type.getDimSize(axis)));
      else if (succeeded(dims) && axis < static_cast<int64_t>(dims->size()))
        result->push_back((*dims)[axis]);
      else
        result->push_back(DimExpr::symbol("?" + std::to_string(fresh++)));
    }
    known[top] = result;
    stack.pop_back();
  }
  return *known[value];
}

FailureOr<DimVector> DimAnalysis::broadcast(Operation *op) { return broadcast(op, op->getOperands()); }

FailureOr<DimVector> DimAnalysis::broadcast(Operation *op, ValueRange operands) {
  size_t rank = 0;
  for (Value operand : operands)
    rank = std::max(rank, of(operand).size());
  DimVector result(rank, DimExpr(1));
  for (Value operand : operands) {
    ArrayRef<DimExpr> dims = of(operand);
    for (size_t i = 0; i < dims.size(); ++i) {
      DimExpr &known = result[rank - dims.size() + i];
      const DimExpr &dim = dims[i];
      if (dim == DimExpr(1) || dim == known)
        continue;
      if (known == DimExpr(1)) {
        known = dim;
        continue;
      }
      hasFailed = true;
      return op->emitOpError() << "extents differ in axis " << rank - dims.size() + i << ": " << known.str() << " and "
                               << dim.str() << "; equal extents must have equal names";
    }
  }
  return result;
}
